package io.scalable.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scalable.client.run.TaskRecord;
import io.scalable.contracts.task.TaskState;
import io.scalable.testkit.RealSlurm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs on a real Slurm of eight nodes: {@code ./scalable run --target hpc}. */
class SlurmRunIT {

    private static final Duration LONG = Duration.ofMinutes(4);

    private static RealSlurm cluster;

    /** One folder for all tests: the workers' Java is made once. */
    @TempDir static Path shared;

    @TempDir Path folder;

    @BeforeAll
    static void startSlurm() {
        cluster = RealSlurm.start(8, 16);
    }

    @AfterAll
    static void stopSlurm() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void twoPoolsOfJobsDoTheWorkAndNoneIsLeft() throws Exception {
        try (var run =
                run(
                        """
                        version: 1
                        project: {name: first-light}
                        targets:
                          hpc:
                            provider: slurm
                            queue: batch
                            interface: lo
                            walltime: "00:10:00"
                            adaptive: {minimum: 1, maximum: 4}
                        components:
                          simulate: {cpus: 8, memory: 512M, env: {GREETING: "it's $HOME"}, tags: [heavy]}
                          analyse: {cpus: 1, memory: 512M}
                        tasks:
                          model:
                            component: simulate
                            command: [sh, -c, 'echo "$SLURMD_NODENAME $GREETING"']
                            foreach: {range: [0, 20]}
                          total:
                            component: analyse
                            needs: model
                            command: [sh, -c, 'echo "$SLURMD_NODENAME"; cat']
                        """)) {
            assertThat(run.exitStatus(LONG)).as(run.output()).isZero();

            assertThat(run.tasks("model")).hasSize(20).allSatisfy(SlurmRunIT::succeeded);
            assertThat(run.tasks("total")).hasSize(1).allSatisfy(SlurmRunIT::succeeded);
            assertThat(output(run.tasks("total").getFirst()))
                    .containsPattern("^n[1-8]\n")
                    .contains(" it's $HOME");
            assertNoJobLeft();
        }
    }

    @Test
    void noTaskIsLostToWalltime() throws Exception {
        try (var run =
                run(
                        """
                        version: 1
                        project: {name: walltime}
                        targets:
                          hpc:
                            provider: slurm
                            interface: lo
                            walltime: "00:01:00"
                            adaptive: {minimum: 1, maximum: 4}
                        components:
                          mix: {cpus: 1, memory: 256M}
                        tasks:
                          short:
                            component: mix
                            command: [sleep, "{item}"]
                            foreach: [5, 6, 7, 8, 9, 10, 12, 14]
                            expect: 10s
                          long:
                            component: mix
                            command: [sleep, "{item}"]
                            foreach: [20, 30, 38, 40]
                            expect: 35s
                        """)) {
            assertThat(run.exitStatus(LONG)).as(run.output()).isZero();

            var all = new ArrayList<>(run.tasks("short"));
            all.addAll(run.tasks("long"));
            assertThat(all)
                    .hasSize(12)
                    .allSatisfy(SlurmRunIT::succeeded)
                    .allSatisfy(task -> assertThat(task.attempts()).isEqualTo(1));
            assertThat(Files.readString(run.folder().file("workers.jsonl")))
                    .contains("ALLOCATION_ENDED")
                    .doesNotContain("WorkerFailed");
            assertNoJobLeft();
        }
    }

    @Test
    void whatTheClusterTakesAwayIsRunAgainAtNoCostAndWhatEndsWellLooksSo() throws Exception {
        try (var run =
                run(
                        """
                        version: 1
                        project: {name: taken-away}
                        targets:
                          hpc:
                            provider: slurm
                            interface: lo
                            walltime: "00:10:00"
                            policy: manual
                            adaptive: {minimum: 0, maximum: 3}
                        components:
                          node: {cpus: 16, memory: 512M, workers: 3}
                        tasks:
                          step:
                            component: node
                            command: [sh, -c, 'echo "$SLURMD_NODENAME" >> started; sleep 6']
                            foreach: {range: [0, 5]}
                            retries: 0
                            expect: 6s
                        """)) {
            Path started = folder.resolve("started");
            await().atMost(LONG)
                    .until(() -> Files.exists(started) && Files.readAllLines(started).size() >= 2);
            List<String> nodes = Files.readAllLines(started).subList(0, 2);
            String ofOne = "--nodelist=" + nodes.getFirst();
            String job = cluster.ask("squeue", "--noheader", "--array", ofOne, "--format=%i");
            assertThat(cluster.ask("scancel", job.strip())).isEmpty();
            // The cluster takes a node that is down back by itself.
            setNode(nodes.getLast(), "state=down", "reason=smoke");

            assertThat(run.exitStatus(LONG)).as(run.output()).isZero();

            assertThat(run.tasks("step")).hasSize(5).allSatisfy(SlurmRunIT::succeeded);
            assertThat(run.folder().failures().read())
                    .as("both are told, neither as the task's own fault")
                    .hasSize(2)
                    .allSatisfy(
                            failure -> {
                                assertThat(failure.gaveUp()).isFalse();
                                assertThat(failure.failure().failureClass().usersFault())
                                        .as(failure.toString())
                                        .isFalse();
                            });
            assertNoJobLeft();
            List<String> ended = jobs();
            assertThat(ended).filteredOn(one -> one.contains("JobState=CANCELLED ")).hasSize(1);
            assertThat(ended).filteredOn(one -> one.contains("JobState=NODE_FAIL ")).hasSize(1);
            assertThat(ended)
                    .as("all others ended well")
                    .filteredOn(one -> one.contains("JobState=COMPLETED "))
                    .filteredOn(one -> one.contains("ExitCode=0:0 "))
                    .hasSize(ended.size() - 2)
                    .isNotEmpty();
        }
    }

    private static void setNode(String name, String... settings) {
        var command = new ArrayList<>(List.of("scontrol", "update", "nodename=" + name));
        command.addAll(List.of(settings));
        assertThat(cluster.ask(command.toArray(String[]::new))).isEmpty();
    }

    /** What Slurm says of each of this test's jobs. */
    private List<String> jobs() {
        return cluster.ask("scontrol", "--oneliner", "show", "job")
                .lines()
                .filter(job -> job.contains(folder.toString()))
                .toList();
    }

    /** Each is a JVM on this machine's few cores; by hand with 64. */
    @Test
    void manyWorkersStartAtOnceAndNoneIsLeft() throws Exception {
        int workers = Integer.getInteger("scalable.workers", 12);
        try (var run =
                run(
                        """
                        version: 1
                        project: {name: many}
                        targets:
                          hpc:
                            provider: slurm
                            interface: lo
                            walltime: "00:20:00"
                            policy: manual
                            adaptive: {minimum: 0, maximum: %1$d}
                        components:
                          one: {cpus: 1, memory: 256M, workers: %1$d}
                        tasks:
                          nap:
                            component: one
                            command: [sleep, "1"]
                            foreach: {range: [0, %2$d]}
                            expect: 1s
                        """
                                .formatted(workers, workers * 6))) {
            assertThat(run.exitStatus(Duration.ofMinutes(8))).as(run.output()).isZero();

            assertThat(run.tasks("nap")).hasSize(workers * 6).allSatisfy(SlurmRunIT::succeeded);
            assertThat(Files.readAllLines(run.folder().file("workers.jsonl")))
                    .filteredOn(line -> line.contains("WorkerStarted"))
                    .hasSize(workers);
            assertNoJobLeft();
        }
    }

    /** In Charliecloud, which runs a folder as an image; this one is a Debian without Java. */
    @Test
    void aWorkerBringsItsOwnJavaIntoAnImage() throws Exception {
        DebianImage.assumeRuntime();
        Path image = DebianImage.in(folder.resolve("image"));
        try (var run =
                run(
                        """
                        version: 1
                        project: {name: boxed}
                        targets:
                          hpc:
                            provider: slurm
                            interface: lo
                            walltime: "00:05:00"
                            containers: charliecloud
                            max_workers: 1
                        components:
                          boxed: {image: %s, cpus: 1, memory: 512M, mounts: {%s: /data}}
                        tasks:
                          look: {component: boxed, command: [/bin/sh, -c, 'cat /data/word /image-name']}
                        """
                                .formatted(image, Files.createDirectory(folder.resolve("data"))))) {
            Files.writeString(folder.resolve("data/word"), "mounted in ");
            assertThat(run.exitStatus(LONG)).as(run.output()).isZero();

            assertThat(output(run.tasks("look").getFirst())).isEqualTo("mounted in the image");
        }
    }

    private RunningCommand run(String manifest) throws IOException {
        Files.writeString(folder.resolve("scalable.yaml"), manifest);
        // What all runs share lies beside the folder of runs.
        Files.createSymbolicLink(folder.resolve("shared"), shared);
        return RunningCommand.start(
                folder,
                Map.of("SLURM_CONF", cluster.conf(), "USER", "root"),
                "run",
                "--target",
                "hpc",
                "--runs-dir",
                "runs");
    }

    private static void assertNoJobLeft() {
        assertThat(cluster.ask("squeue", "--noheader", "--states=PENDING,RUNNING,COMPLETING"))
                .isEmpty();
    }

    private static void succeeded(TaskRecord task) {
        assertThat(task.state()).as(task.toString()).isEqualTo(TaskState.SUCCEEDED);
    }

    /** What the task's command wrote. */
    private static String output(TaskRecord task) {
        return Objects.requireNonNull(task.result()).value().asText();
    }
}
