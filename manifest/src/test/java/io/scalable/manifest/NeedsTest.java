package io.scalable.manifest;

import static io.scalable.manifest.ManifestTester.deployment;
import static io.scalable.manifest.ManifestTester.submissions;
import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.deployment.Need;
import io.scalable.contracts.deployment.TaskGroup;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import java.util.List;
import org.junit.jupiter.api.Test;

class NeedsTest {

    private static String manifest(String join) {
        return """
        version: 1
        targets: {here: {provider: local}}
        components: {c: {}}
        tasks:
          read: {component: c, command: [ls]}
          fit:
            component: c
            command: [ls]
            foreach: {matrix: {source: [wind, solar], seed: {range: [0, 2]}}}
          join:
            component: c
            command: [ls]
        """
                + join.indent(4);
    }

    private static List<List<String>> needs(String join) {
        return submissions(manifest(join)).stream()
                .filter(task -> task.task().equals("join"))
                .map(SubmitTask::needs)
                .toList();
    }

    @Test
    void aNameMeansAllOfItsTasks() {
        assertThat(needs("needs: fit")).containsExactly(List.of("run-1/fit/*"));
    }

    @Test
    void severalMayBeNeeded() {
        assertThat(needs("needs: [fit, read]"))
                .containsExactly(List.of("run-1/fit/*", "run-1/read/*"));
    }

    @Test
    void aGroupMeansThoseWithTheSameValue() {
        assertThat(needs("foreach: [{source: solar}, {source: wind}]\nneeds: fit\ngroup: source"))
                .containsExactly(
                        List.of("run-1/fit/2", "run-1/fit/3"),
                        List.of("run-1/fit/0", "run-1/fit/1"));
    }

    @Test
    void aGroupMayBeOneEntrysOwn() {
        assertThat(needs("foreach: [{seed: 1}]\nneeds: [read, {task: fit, group: seed}]"))
                .containsExactly(List.of("run-1/read/*", "run-1/fit/1", "run-1/fit/3"));
    }

    @Test
    void anEntrysGroupGoesBeforeTheOneForAll() {
        assertThat(
                        needs(
                                """
                                foreach: [{seed: 1, source: wind}]
                                needs: [{task: fit, group: seed}]
                                group: source
                                """))
                .containsExactly(List.of("run-1/fit/1", "run-1/fit/3"));
    }

    @Test
    void valuesAreTheSameHoweverTheyAreSpelled() {
        assertThat(needs("foreach: [{seed: 1.0}]\nneeds: fit\ngroup: seed"))
                .containsExactly(List.of("run-1/fit/1", "run-1/fit/3"));
    }

    @Test
    void theDeploymentCarriesTheCompactGraph() {
        List<TaskGroup> tasks =
                deployment(
                                manifest(
                                        "foreach: [{source: wind}]\n"
                                                + "needs: [read, {task: fit, group: source}]\n"
                                                + "expect: 90s"))
                        .tasks();

        assertThat(tasks).extracting(TaskGroup::count).containsExactly(1, 4, 1);
        assertThat(tasks.getLast())
                .isEqualTo(
                        new TaskGroup(
                                "join",
                                "c",
                                1,
                                List.of(new Need("read", null), new Need("fit", "source")),
                                90.0,
                                true));
    }

    @Test
    void aNeededTaskWithoutItemsIsNeededAsAWhole() {
        String yaml =
                """
                version: 1
                targets: {here: {provider: local}}
                components: {c: {}}
                tasks:
                  none: {component: c, command: [ls], foreach: []}
                  join: {component: c, command: [ls], needs: none}
                """;

        assertThat(submissions(yaml))
                .singleElement()
                .satisfies(t -> assertThat(t.needs()).containsExactly("run-1/none/*"));
    }
}
