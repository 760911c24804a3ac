package io.scalable.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.scalable.client.SampleTasks.Answer;
import io.scalable.client.SampleTasks.Item;
import io.scalable.client.report.RunReport;
import io.scalable.client.run.FakeServices;
import io.scalable.client.run.RunFolder;
import io.scalable.client.run.RunState;
import io.scalable.client.run.Runs;
import io.scalable.client.run.SharedBroker;
import io.scalable.contracts.Json;
import io.scalable.contracts.Payload;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.manifest.ManifestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Sessions with real local workers; dispatcher and planner are played. */
@Timeout(90)
class ScalableSessionIT {

    private static final String MANIFEST =
            """
            version: 1
            project: {name: energy}
            components:
              forecast: {cpus: 1, memory: 1G}
            targets:
              local: {provider: local, max_workers: 2}
              cloud: {provider: aws, region: us-east-1}
            tasks:
              fit:
                component: forecast
                handler: io.scalable.client.SampleTasks::answer
                foreach: {range: [0, 20]}
                expect: 10s
            """;

    @RegisterExtension static final SharedBroker BROKER = new SharedBroker();

    @TempDir Path temp;

    private Path manifest;

    @BeforeEach
    void writeManifest() throws IOException {
        manifest = Files.writeString(temp.resolve("scalable.yaml"), MANIFEST);
    }

    @Test
    void aSessionStartsLocalWorkersAndLeavesNone() throws Exception {
        Path runs = temp.resolve("runs");
        var options = SessionOptions.defaults().withRuns(runs).withKafka(BROKER.kafka());
        try (var _ = new FakeServices(BROKER.kafka(), ScalableSessionIT::answer, false);
                var session = ScalableSession.fromYaml(manifest, "local", options)) {
            RunPlan plan = session.plan();
            assertThat(plan.scalePlan().get("forecast").count()).isEqualTo(2);

            ScalableClient client = session.start(plan);
            TaskFuture<Answer> future = client.submit(SampleTasks::answer, new Item("a", 1));

            assertThat(future.get()).isEqualTo(new Answer("a", List.of(7)));
            assertThat(future.task()).isEqualTo("fit");
            await().atMost(Duration.ofSeconds(60)).until(() -> client.workerCount("forecast") > 0);
        }

        RunFolder folder = new Runs(runs).latest();
        assertThat(folder.info().state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(folder.file("manifest.yaml")).hasContent(MANIFEST);
        assertThat(folder.file("manifest.lock")).content().hasSize(65);
        assertThat(RunReport.of(folder).toText())
                .startsWith("Workers:\n  forecast: ")
                .contains("Tasks: 1 succeeded");
    }

    @Test
    void aTargetInACloudIsPlannedAndWantsABrokerThatItsWorkersReach() {
        try (var session = ScalableSession.fromYaml(manifest, "cloud")) {
            assertThat(session.plan(PlanOptions.objective("minimize cost")).scalePlan())
                    .containsKey("forecast");
            assertThatThrownBy(session::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("targets.cloud.bootstrap");
        }
    }

    @Test
    void aWrongManifestListsItsProblems() throws Exception {
        Files.writeString(manifest, MANIFEST.replace("max_workers: 2", "max_workers: 0"));

        assertThatThrownBy(() -> ScalableSession.fromYaml(manifest, "local"))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("E_BAD_MAX_WORKERS");
    }

    private static FakeServices.Answer answer(SubmitTask task) {
        var answer = new Answer(task.input().value().path("name").asText(), List.of(7));
        return new FakeServices.Answer.Succeed(Payload.of(Json.mapper().valueToTree(answer)));
    }
}
