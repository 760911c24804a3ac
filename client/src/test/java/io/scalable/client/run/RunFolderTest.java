package io.scalable.client.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scalable.contracts.task.TaskState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

    @TempDir Path runs;

    @Test
    void whatIsWrittenIsRead() throws Exception {
        TaskRecord task =
                TaskRecord.of(
                        Samples.ended(
                                Samples.task(Samples.RUN, "forecast", 0), TaskState.SUCCEEDED, 1.5),
                        List.of("x/other/*"));
        try (var folder = RunFolder.create(runs, Samples.RUN)) {
            folder.writeInfo(Samples.info());
            folder.tasks().append(task);
            folder.workers().append(Samples.started("forecast", "w1"));
            folder.decisions().append(Samples.plan(1, 0, Samples.pool("forecast", 2)));
        }

        RunFolder read = RunFolder.open(runs.resolve(Samples.RUN));

        assertThat(read.info()).isEqualTo(Samples.info());
        assertThat(read.tasks().read()).containsExactly(task);
        assertThat(read.workers().read()).containsExactly(Samples.started("forecast", "w1"));
        assertThat(read.decisions().read()).hasSize(1);
        assertThat(read.failures().read()).isEmpty();
    }

    @Test
    void theManifestIsKeptWithItsLock() throws Exception {
        var folder = RunFolder.create(runs, Samples.RUN);
        folder.writeManifest("version: 1\n", "abc123");

        assertThat(folder.file("manifest.yaml")).hasContent("version: 1\n");
        assertThat(folder.file("manifest.lock")).hasContent("abc123\n");
    }

    @Test
    void theFirstPlanStandsInAFileOfItsOwn() throws Exception {
        var folder = RunFolder.create(runs, Samples.RUN);
        var plan = Samples.plan(1, 0, Samples.pool("forecast", 2));
        folder.writeDeployment(Samples.deployment().withInitialPlan(plan));

        assertThat(folder.plan()).isEqualTo(plan);
        assertThat(folder.deployment().initialPlan()).isEqualTo(plan);
    }

    @Test
    void runJsonIsForItsOwnerAlone() throws Exception {
        var folder = RunFolder.create(runs, Samples.RUN);
        folder.writeInfo(Samples.info());
        folder.writeInfo(Samples.info());

        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.file("run.json"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aLineThatWasCutOffIsLeftOut() throws Exception {
        var folder = RunFolder.create(runs, Samples.RUN);
        folder.decisions().append(Samples.plan(1, 0));
        folder.close();
        Files.writeString(
                folder.file("decisions.jsonl"), "{\"deploymentId\":", StandardOpenOption.APPEND);

        assertThat(folder.decisions().read()).hasSize(1);
    }

    @Test
    void aDamagedLineInTheMiddleIsNamed() throws Exception {
        var folder = RunFolder.create(runs, Samples.RUN);
        Files.writeString(folder.file("decisions.jsonl"), "nonsense\n{}\n");

        assertThatThrownBy(() -> folder.decisions().read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("decisions.jsonl:1: not a valid ScalePlan");
    }

    @Test
    void aNewRunHasAllItsFilesOfLines() throws Exception {
        var folder = RunFolder.create(runs, Samples.RUN);

        for (String name :
                List.of("tasks", "observations", "requests", "workers", "decisions", "failures")) {
            assertThat(folder.file(name + ".jsonl")).isEmptyFile();
        }
    }

    @Test
    void aRunFolderIsNeverMadeTwice() throws Exception {
        RunFolder.create(runs, Samples.RUN).close();

        assertThatThrownBy(() -> RunFolder.create(runs, Samples.RUN))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is there already");
    }
}
