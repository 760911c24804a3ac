package io.scalable.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.scalable.client.run.RunFolder;
import io.scalable.client.run.RunState;
import io.scalable.client.run.Runs;
import io.scalable.client.run.TaskRecord;
import io.scalable.contracts.task.TaskState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens to a run's own process, and that nothing which succeeded is run again. */
@Timeout(180)
class DriverSurvivalIT {

    /** The first task ends by itself, the others once they are let; a last one needs them all. */
    private static final String MANIFEST =
            """
            version: 1
            targets:
              local: {provider: local, max_workers: 2, processes: false}
            components:
              small: {cpus: 1, memory: 256M}
            tasks:
              step:
                component: small
                foreach: {range: [0, 3]}
                command:
                  - sh
                  - -c
                  - 'echo x >> "$0/ran-$1"; while [ $1 != 0 ] && [ ! -e "$0/go" ]; do sleep 0.2; done; echo $1'
                  - '%1$s'
                  - '{item}'
              total:
                component: small
                needs: step
                command: [sh, -c, 'cat > "$0/total"; echo 1', '%1$s']
            """;

    @TempDir Path folder;

    @Test
    void aRunThatWasPausedOrWhoseTerminalClosedLosesNothing() throws Exception {
        String id;
        try (var run = RunningCommand.run(folder, MANIFEST.formatted(folder))) {
            run.awaitFile("ran-1");
            pause(run, Duration.ofSeconds(8));
            await().until(() -> !run.folder().tasks().read().isEmpty());
            run.signal("HUP");

            assertThat(run.exitStatus()).as(run.output()).isEqualTo(1);
            id = run.folder().info().id();
            assertThat(run.output()).contains("scalable retry " + id + " --runs-dir runs");
            assertThat(run.folder().info().state()).isEqualTo(RunState.CANCELLED);
        }
        Files.createFile(folder.resolve("go"));
        try (var again =
                RunningCommand.start(folder, "run", "--resume", id, "--runs-dir", "runs")) {
            assertThat(again.exitStatus()).as(again.output()).isZero();
            assertThat(again.output()).contains("4 succeeded", "Resumed: 1 times");
        }
        assertThat(folder.resolve("ran-0")).as("runs of what had succeeded").hasContent("x");
        assertThat(folder.resolve("total")).content().contains("\"step\":[0,1,2]");
        RunFolder record = new Runs(folder.resolve("runs")).find(id);
        assertThat(record.tasks().read())
                .hasSize(4)
                .extracting(TaskRecord::state)
                .containsOnly(TaskState.SUCCEEDED);
        assertThat(record.info().lives()).hasSize(2);
    }

    /** The full disk is that of the run folder, or that of the broker's data. */
    @ParameterizedTest
    @CsvSource({"small/runs, data, 2m, cannot write", "runs, small, 24m, no room is left in"})
    void aFullDiskIsNamedAndTheRunGoesOnOnceThereIsRoom(
            String runs, String data, String size, String said) throws Exception {
        Path small = Files.createDirectory(folder.resolve("small"));
        assumeTrue(
                new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=" + size, "none", small + "")
                                .start()
                                .waitFor()
                        == 0,
                "a small file system cannot be mounted here");
        try {
            Files.writeString(folder.resolve("scalable.yaml"), MANIFEST.formatted(folder));
            String id;
            try (var run =
                    RunningCommand.start(folder, "run", "--runs-dir", runs, "--data-dir", data)) {
                run.awaitFile("ran-1");
                fill(small.resolve("fill"));
                run.awaitOutput(said);
                assertThat(run.exitStatus()).as(run.output()).isEqualTo(1);
                RunFolder record = new Runs(folder.resolve(runs)).latest();
                id = record.info().id();
                assertThat(run.output()).contains(small.toString(), "retry " + id);
                assertThat(record.info().state()).isEqualTo(RunState.INTERRUPTED);
            }
            Files.delete(small.resolve("fill"));
            Files.createFile(folder.resolve("go"));
            try (var again =
                    RunningCommand.start(folder, "run", "--resume", id, "--runs-dir", runs)) {
                assertThat(again.exitStatus()).as(again.output()).isZero();
            }
            assertThat(folder.resolve("ran-0")).hasContent("x");
            assertThat(folder.resolve(data).resolve(id)).doesNotExist();
        } finally {
            int unused = new ProcessBuilder("umount", "-l", small + "").start().waitFor();
        }
    }

    private static void pause(RunningCommand run, Duration time) throws Exception {
        run.signal("STOP");
        await().pollDelay(time).atMost(time.multipliedBy(2)).until(() -> true);
        run.signal("CONT");
    }

    private static void fill(Path file) throws Exception {
        int unused =
                new ProcessBuilder("sh", "-c", "cat /dev/zero > " + file + " 2>/dev/null; true")
                        .start()
                        .waitFor();
    }
}
