package io.scalable.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scalable.client.run.Runs;
import io.scalable.contracts.task.TaskState;
import io.scalable.testkit.RealSlurm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What people do beside a run on Slurm: look before it, change it by hand, go on with one that was
 * killed, clear up after it, drive it from a program.
 */
class ClusterCareIT {

    private static final Duration LONG = Duration.ofMinutes(4);
    private static final int TASKS = 24;

    private static RealSlurm cluster;

    /** One folder for all tests: the workers' Java is made once. */
    @TempDir static Path shared;

    @TempDir Path folder;

    @BeforeAll
    static void startSlurm() {
        cluster = RealSlurm.start(4, 16);
    }

    @AfterAll
    static void stopSlurm() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @BeforeEach
    void writeManifest() throws IOException {
        Files.createDirectories(folder.resolve(".scalable"));
        Files.createSymbolicLink(folder.resolve(".scalable/shared"), shared);
        Files.createSymbolicLink(folder.resolve("shared"), shared);
        Files.writeString(
                folder.resolve("scalable.yaml"),
                """
                version: 1
                project: {name: care}
                targets:
                  hpc:
                    provider: slurm
                    interface: lo
                    walltime: "00:10:00"
                    adaptive: {minimum: 1, maximum: 3}
                components:
                  mix: {cpus: 1, memory: 256M}
                tasks:
                  step:
                    component: mix
                    command: [sh, -c, 'sleep 2; echo {item} >> done']
                    foreach: {range: [0, %d]}
                    expect: 2s
                """
                        .formatted(TASKS));
    }

    @Test
    void aRunThatIsKilledTwiceEndsWithEveryTaskDoneAndNoJobLeft() throws Exception {
        // Closing a command would end its jobs: on this machine nodes are processes.
        try (var run = start("run", "--target", "hpc")) {
            awaitDone(4);
            kill(run);
            String id = runId();
            List<String> jobs = jobs();
            assertThat(jobs).as("workers wait for their broker").isNotEmpty();
            assertThat(said(start("workers", "list"), 0)).contains("scalable retry " + id);

            try (var again = start("run", "--resume", id)) {
                awaitDone(12);
                assertThat(jobs()).as("the jobs were taken over").containsAll(jobs);
                assertThat(said(start("run", "--resume", id), 1)).contains("another process");
                kill(again);

                try (var last = start("run", "--resume", id)) {
                    assertThat(last.exitStatus(LONG)).as(last.output()).isZero();
                }
            }
            assertThat(run.folder().tasks().read())
                    .hasSize(TASKS)
                    .allSatisfy(
                            task -> {
                                assertThat(task.state()).isEqualTo(TaskState.SUCCEEDED);
                                assertThat(task.attempts()).isEqualTo(1);
                            });
            assertThat(run.folder().failures().read()).isEmpty();
            assertThat(said(start("run", "--resume", id), 1)).contains("has ended");
        }
        assertThat(Files.readAllLines(folder.resolve("done")))
                .as("each was done once")
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, TASKS).mapToObj(String::valueOf).toList());
        assertThat(jobs()).isEmpty();
    }

    @Test
    void jobsThatNobodyOwnsAreSweptAndThoseOfALivingRunAreNot() throws Exception {
        try (var run = start("run", "--target", "hpc")) {
            awaitDone(1);
            assertThat(said(start("sweep", "--yes"), 0))
                    .contains("its process lives")
                    .contains("no worker without an owner");
            kill(run);
            assertThat(said(start("sweep"), 0)).contains("its process is gone", "with --yes");
            assertThat(said(start("sweep", "--yes", "--runs-dir", "elsewhere"), 0))
                    .contains("not known here", "--unknown");
            assertThat(jobs()).isNotEmpty();

            assertThat(said(start("sweep", "--yes"), 0)).contains("ended ");

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(jobs()).isEmpty());
        }
    }

    /** The services run elsewhere; the jobs are those of whoever runs the provider. */
    @Test
    void aProviderThatIsKilledTakesItsJobsOverAgain() throws Exception {
        try (var services = ServicesProcess.start(folder)) {
            String kafka = services.properties().toString();
            try (var first = provider(kafka)) {
                first.awaitOutput("launches workers");
                assertThat(
                                said(
                                        start(
                                                List.of(
                                                        "deploy",
                                                        "--kafka-properties",
                                                        kafka,
                                                        "--target",
                                                        "hpc",
                                                        "--name",
                                                        "lasting",
                                                        "--provider-host",
                                                        "login",
                                                        "--directory",
                                                        folder.toString())),
                                        0))
                        .contains("deployed lasting");
                services.submit("lasting", "mix", 12, "sleep 2; echo %d >> done");
                awaitDone(2);
                List<String> jobs = jobs();
                assertThat(jobs).isNotEmpty();
                kill(first);

                try (var second = provider(kafka)) {
                    awaitDone(12);
                    assertThat(jobs()).containsAll(jobs);
                    assertThat(Files.readAllLines(folder.resolve("done"))).hasSize(12);

                    assertThat(
                                    said(
                                            start(
                                                    List.of(
                                                            "undeploy",
                                                            "--kafka-properties",
                                                            kafka,
                                                            "lasting")),
                                            0))
                            .contains("undeployed lasting");
                    await().atMost(Duration.ofSeconds(60)).until(() -> jobs().isEmpty());
                    second.signal("INT");
                    second.exitStatus();
                }
            }
        }
    }

    private RunningCommand provider(String kafka) throws IOException {
        return start(
                List.of(
                        "provider",
                        "--kafka-properties",
                        kafka,
                        "--id",
                        "login",
                        "--work-dir",
                        folder.resolve("provider").toString()));
    }

    @Test
    void workersAreListedAddedAndRemovedByHand() throws Exception {
        Path manifest = folder.resolve("scalable.yaml");
        Files.writeString(
                manifest,
                Files.readString(manifest)
                        .replace("interface: lo", "interface: lo\n    policy: manual")
                        .replace("[0, " + TASKS + "]", "[0, 10]"));
        try (var run = start("run", "--target", "hpc")) {
            awaitDone(1);
            assertThat(said(start("workers", "list"), 0))
                    .contains("mix ", "started", "mix-1", "job ");

            assertThat(said(start("workers", "add", "2", "mix"), 0))
                    .contains("mix: 3 workers wanted");
            await().atMost(Duration.ofSeconds(60)).until(() -> jobs().size() == 3);
            assertThat(said(start("workers", "remove", "1", "mix"), 0))
                    .contains("mix: 2 workers wanted");
            assertThat(said(start("workers", "add", "1", "mxi"), 1))
                    .contains("no component", "mix");

            assertThat(run.exitStatus(LONG)).as(run.output()).isZero();
        }
        assertThat(said(start("workers", "list"), 0)).contains("has ended");
    }

    @Test
    void theDoctorFindsWhatIsWrongBeforeAnyJobDoes() throws Exception {
        assertThat(said(start("doctor", "--target", "hpc"), 0))
                .contains("ok       sbatch --test-only for mix: accepted")
                .containsPattern("ok       probe job: node .* reaches 127.0.0.1:")
                .doesNotContain("FAILED");

        Path manifest = folder.resolve("scalable.yaml");
        Files.writeString(
                manifest,
                Files.readString(manifest)
                        .replace("interface: lo", "interface: ib9\n    queue: short")
                        .replace("00:10:00", "5-00:00:00")
                        .replace(
                                "cpus: 1, memory: 256M",
                                "cpus: 99, memory: 256M, image: ./no.sif"));
        assertThat(said(start("doctor", "--target", "hpc"), 1))
                .contains("there is no 'ib9'", "FAILED   walltime: 5-00:00:00 is more than")
                .contains("FAILED   room for mix: a node has 16 cpus, 99 are wanted")
                .contains("FAILED   image of mix: ./no.sif is not there");
        assertThat(jobs()).isEmpty();
    }

    @Test
    void aProgramSetsTheNumberOfWorkersItself() throws Exception {
        Path output = folder.resolve("program.out");
        var builder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Dscalable.jar=" + Path.of("target/scalable.jar").toAbsolutePath(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                SlurmClusterProgram.class.getName())
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().putAll(environment());
        PackagedCommand.prepare();
        Process program = builder.start();
        try {
            await().atMost(LONG).until(() -> !program.isAlive());
        } finally {
            program.destroyForcibly();
        }

        assertThat(output)
                .content()
                .contains("results [0, 1, 4, 9, 16, 25]", "one worker left")
                .contains("container 'late' comes too late");
        assertThat(program.exitValue()).isZero();
        assertThat(jobs()).isEmpty();
    }

    private static void kill(RunningCommand command) throws Exception {
        command.signal("KILL");
        assertThat(command.exitStatus()).isNotZero();
    }

    private static Map<String, String> environment() {
        return Map.of("SLURM_CONF", cluster.conf(), "USER", "root");
    }

    /** With the folder of runs, which nearly all commands want. */
    private RunningCommand start(String... words) throws IOException {
        var command = new ArrayList<>(List.of(words));
        if (!command.contains("--runs-dir")) {
            command.addAll(List.of("--runs-dir", "runs"));
        }
        return start(command);
    }

    private RunningCommand start(List<String> command) throws IOException {
        return RunningCommand.start(folder, environment(), command.toArray(String[]::new));
    }

    /** Waits for a command's end; what it said. */
    private static String said(RunningCommand command, int status) throws Exception {
        int exit = command.exitStatus();
        assertThat(exit).as(command.output()).isEqualTo(status);
        return command.output();
    }

    private void awaitDone(int tasks) {
        Path done = folder.resolve("done");
        await("tasks done")
                .atMost(LONG)
                .until(() -> Files.exists(done) && Files.readAllLines(done).size() >= tasks);
    }

    private String runId() throws IOException {
        return new Runs(folder.resolve("runs")).latest().info().id();
    }

    private static List<String> jobs() {
        return cluster.ask(
                        "squeue",
                        "--noheader",
                        "--array",
                        "--format=%i",
                        "--states=PENDING,RUNNING,COMPLETING")
                .lines()
                .toList();
    }
}
