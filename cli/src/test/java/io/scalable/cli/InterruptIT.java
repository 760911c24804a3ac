package io.scalable.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.client.run.TaskRecord;
import io.scalable.contracts.task.TaskState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class InterruptIT {

    /** Far longer than a test waits; only leave to go on ends it sooner. */
    private static final String MANIFEST =
            """
            version: 1
            targets:
              local: {provider: local, max_workers: 1, processes: %s}
            components:
              long: {cpus: 1, memory: 256M}
            tasks:
              long:
                component: long
                foreach: {range: [0, 3]}
                command:
                  - sh
                  - -c
                  - 'touch "$0/began-$1"; while [ ! -e "$0/go" ]; do sleep 0.2; done; echo $1'
                  - '%s'
                  - '{item}'
            """;

    /** Well under the patience of whoever waits for a task or a silent worker. */
    private static final Duration AT_ONCE = Duration.ofSeconds(30);

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void afterOneInterruptWhatRunsIsFinishedAndTheRestCancelled(boolean processes)
            throws Exception {
        try (var run = begin(processes)) {
            run.signal("INT");
            run.awaitOutput("draining");
            Files.createFile(folder.resolve("go"));

            assertThat(run.exitStatus()).as(run.output()).isEqualTo(1);
            assertThat(run.tasks("long"))
                    .extracting(TaskRecord::state)
                    .containsExactly(TaskState.SUCCEEDED, TaskState.CANCELLED, TaskState.CANCELLED);
            run.awaitNothingLeft();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theSecondInterruptStopsAtOnce(boolean processes) throws Exception {
        try (var run = begin(processes)) {
            run.signal("INT");
            run.awaitOutput("draining");
            run.signal("INT");

            assertStopped(run);
        }
    }

    @Test
    void aTerminationStopsAtOnce() throws Exception {
        try (var run = begin(true)) {
            run.signal("TERM");

            assertStopped(run);
        }
    }

    @Test
    void killingTheCommandTakesItsWorkersAndTheirCommandsAlong() throws Exception {
        try (var run = begin(true)) {
            run.signal("KILL");

            assertThat(run.exitStatus()).isEqualTo(128 + 9);
            run.awaitNothingLeft();
        }
    }

    private RunningCommand begin(boolean processes) throws Exception {
        var run = RunningCommand.run(folder, MANIFEST.formatted(processes, folder));
        try {
            run.awaitFile("began-0");
            assertThat(run.workers()).hasSize(processes ? 1 : 0);
            return run;
        } catch (Throwable e) {
            run.close();
            throw e;
        }
    }

    private void assertStopped(RunningCommand run) throws Exception {
        assertThat(run.exitStatus(AT_ONCE)).as(run.output()).isEqualTo(1);
        assertThat(run.tasks("long"))
                .hasSize(3)
                .allSatisfy(task -> assertThat(task.state()).isEqualTo(TaskState.CANCELLED));
        assertThat(run.folder().file("data")).doesNotExist();
        run.awaitNothingLeft();
    }
}
