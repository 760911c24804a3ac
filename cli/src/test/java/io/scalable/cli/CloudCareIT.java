package io.scalable.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scalable.client.run.Runs;
import io.scalable.contracts.kafka.KafkaClients;
import io.scalable.contracts.task.TaskState;
import io.scalable.contracts.topic.Topics;
import io.scalable.provider.cloud.aws.EcsServer;
import io.scalable.provider.cloud.aws.EcsServer.Seen;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command on a cloud: an ECS over HTTP whose tasks are real worker processes. Whatever is
 * killed, nothing is lost, doubled, left behind, or above the maximum.
 */
class CloudCareIT {

    private static final Duration LONG = Duration.ofMinutes(4);
    private static final int TASKS = 24;
    private static final int MAXIMUM = 3;

    /** How often the provider is killed; more by hand. */
    private static final int KILLS = Integer.getInteger("scalable.kills", 3);

    @TempDir static Path logs;

    private static EcsServer ecs;

    @TempDir Path folder;

    /** Closing one would end the workers, too: here they are processes of this machine. */
    private final List<RunningCommand> commands = new ArrayList<>();

    @BeforeAll
    static void startEcs() {
        ecs = EcsServer.start(logs);
    }

    @AfterAll
    static void stopEcs() {
        if (ecs != null) {
            ecs.close();
        }
    }

    @AfterEach
    void endCommands() {
        commands.forEach(RunningCommand::close);
    }

    @BeforeEach
    void writeManifest() throws IOException {
        ecs.reset();
        Path runtime = Files.createDirectories(folder.resolve("runtime/lib")).getParent();
        Path java = Path.of(System.getProperty("java.home"), "bin");
        Files.createSymbolicLink(runtime.resolve("bin"), java);
        Files.createSymbolicLink(
                runtime.resolve("lib/scalable.jar"),
                Path.of("target/scalable.jar").toAbsolutePath());
        Files.writeString(
                folder.resolve("scalable.yaml"),
                """
                version: 1
                project: {name: care, default_storage: %s}
                targets:
                  local: {provider: local, max_workers: 2, processes: true}
                  aws:
                    provider: aws
                    region: us-east-1
                    subnets: [subnet-1a]
                    security_groups: [sg-1a]
                    execution_role_arn: arn:aws:iam::123456789012:role/start
                    image: some/image
                    runtime: preinstalled
                    runtime_path: %s
                    adaptive: {minimum: 1, maximum: %d}
                components:
                  mix: {cpus: 1, memory: 512M}
                tasks:
                  step:
                    component: mix
                    command: [sh, -c, 'sleep 1; echo {item} >> done']
                    foreach: {range: [0, %d]}
                    expect: 1s
                """
                        .formatted(folder.resolve("storage"), runtime, MAXIMUM, TASKS));
    }

    @Test
    void aRunOnAKeptControlPlaneThatIsKilledGoesOnAndLeavesNothing() throws Exception {
        String kafka = "127.0.0.1:" + freePort();
        assertThat(said(start("up", "--kafka", kafka), 0)).contains("--bootstrap " + kafka);
        try {
            deploymentsNeedNoFurtherOptions(kafka);
            var run = start("run", "--target", "aws", "--bootstrap", kafka);
            awaitDone(4);
            kill(run);
            String id = new Runs(folder.resolve(".scalable/runs")).latest().info().id();
            assertThat(said(start("sweep", "--target", "aws"), 0))
                    .contains(id + ": ", "its process is gone", "with --yes");
            assertThat(alive()).isNotEmpty();

            var again = start("run", "--resume", id);
            assertThat(again.exitStatus(LONG)).as(again.output()).isZero();
            assertThat(again.output()).contains("USD");
            assertThat(new Runs(folder.resolve(".scalable/runs")).latest().tasks().read())
                    .hasSize(TASKS)
                    .allSatisfy(task -> assertThat(task.state()).isEqualTo(TaskState.SUCCEEDED));
            assertEachDoneOnce(TASKS);
            assertThat(alive()).isEmpty();
            assertThat(ecs.mostAlive(id)).isLessThanOrEqualTo(MAXIMUM);
            assertThat(ecs.doubled()).isEmpty();
        } finally {
            assertThat(said(start("down", "--delete"), 0)).contains("down");
        }
        assertThat(folder.resolve(".scalable/up")).doesNotExist();
    }

    /** What up keeps running is found, and so is who launches workers there. */
    private void deploymentsNeedNoFurtherOptions(String kafka) throws Exception {
        var client = new Properties();
        try (var in = Files.newBufferedReader(folder.resolve(".scalable/up/client.properties"))) {
            client.load(in);
        }
        var settings = new HashMap<String, String>();
        client.forEach((key, value) -> settings.put(key.toString(), value.toString()));
        // What cannot be read there is nobody's but its writer's trouble.
        try (var producer = KafkaClients.producer(settings, "test", Map.of())) {
            var garbage =
                    new ProducerRecord<>(Topics.DEPLOYMENTS, new byte[] {'g'}, new byte[] {1});
            var unused = producer.send(garbage).get();
        }
        assertThat(said(start("deploy", "--name", "words.count"), 0))
                .contains("deployed words.count", "provider host standalone");
        assertThat(said(start("deploy", "--name", "words_count"), 1))
                .contains("beside the deployment 'words.count'", "such as 'words-count'");
        ServicesProcess.submit(settings, "words.count", "mix", 3, "echo %d >> done");
        awaitDone(3);
        assertThat(said(start("workers", "add", "1", "mix", "--bootstrap", kafka), 0))
                .contains("mix: ", " workers wanted");
        assertThat(said(start("why", "mix", "--bootstrap", kafka), 0))
                .contains("Its provider host 'standalone' lives.", "workers wanted since");
        assertThat(said(start("undeploy", "words.count"), 0)).contains("undeployed words.count");
        Files.delete(folder.resolve("done"));
    }

    @Test
    void aProviderThatIsKilledAgainAndAgainLeavesNoOrphan() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        try (var services = ServicesProcess.start(folder)) {
            String kafka = services.properties().toString();
            assertThat(
                            said(
                                    start(
                                            "deploy",
                                            "--kafka-properties",
                                            kafka,
                                            "--target",
                                            "aws",
                                            "--name",
                                            "lasting",
                                            "--provider-host",
                                            "cloud",
                                            "--no-check",
                                            "--directory",
                                            folder.toString()),
                                    0))
                    .contains("deployed lasting");
            services.submit("lasting", "mix", KILLS * 8, "sleep 1; echo %d >> done");
            for (int kill = 0; kill < KILLS; kill++) {
                var provider = provider(kafka);
                provider.awaitOutput("launches workers");
                long until = System.nanoTime() + random.nextLong(3_000_000_000L);
                await().atMost(LONG).until(() -> System.nanoTime() > until);
                kill(provider);
            }
            var last = provider(kafka);
            awaitDone(KILLS * 8);
            assertThat(said(start("sweep", "--target", "aws", "--kafka-properties", kafka), 0))
                    .contains("its deployment lives", "no worker without an owner");
            assertThat(said(start("undeploy", "--kafka-properties", kafka, "lasting"), 0))
                    .contains("undeployed lasting");
            await().atMost(LONG).until(() -> alive().isEmpty());
            last.signal("INT");
            last.exitStatus();
        }
        assertThat(ecs.mostAlive("lasting")).as("seed %d", seed).isLessThanOrEqualTo(MAXIMUM);
        assertThat(ecs.doubled()).as("seed %d", seed).isEmpty();
        assertEachDoneOnce(KILLS * 8);
    }

    private RunningCommand provider(String kafka) throws IOException {
        return start("provider", "--kafka-properties", kafka, "--id", "cloud");
    }

    /** Tasks that have not stopped. */
    private static List<String> alive() {
        return ecs.tasks().stream()
                .filter(task -> !task.status().equals("STOPPED"))
                .map(Seen::worker)
                .toList();
    }

    private static void kill(RunningCommand command) throws Exception {
        command.signal("KILL");
        assertThat(command.exitStatus()).isNotZero();
    }

    private RunningCommand start(String... words) throws IOException {
        var command = RunningCommand.start(folder, ecs.environment(), words);
        commands.add(command);
        return command;
    }

    private static String said(RunningCommand command, int status) throws Exception {
        int exit = command.exitStatus();
        assertThat(exit).as(command.output()).isEqualTo(status);
        return command.output();
    }

    private void awaitDone(int tasks) {
        await("tasks done").atMost(LONG).until(() -> done().size() >= tasks);
    }

    private void assertEachDoneOnce(int tasks) throws IOException {
        assertThat(done())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, tasks).mapToObj(String::valueOf).toList());
    }

    private List<String> done() throws IOException {
        Path done = folder.resolve("done");
        return Files.exists(done) ? new ArrayList<>(Files.readAllLines(done)) : List.of();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
