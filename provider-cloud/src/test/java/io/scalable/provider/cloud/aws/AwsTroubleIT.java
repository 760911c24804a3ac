package io.scalable.provider.cloud.aws;

import static io.scalable.provider.Deployments.HOST;
import static io.scalable.provider.Deployments.plan;
import static io.scalable.provider.ProviderStage.BROKEN;
import static io.scalable.provider.ProviderStage.SLOW;
import static io.scalable.provider.ProviderStage.STEADY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scalable.contracts.Ids;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerFailed;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerPending;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerStarted;
import io.scalable.provider.DeploymentProvider;
import io.scalable.provider.InMemoryLaunchLedger;
import io.scalable.provider.ProviderHost;
import io.scalable.provider.RecordingSink;
import io.scalable.provider.backend.BackendUnavailableException;
import io.scalable.provider.backend.WorkerStatus;
import io.scalable.provider.backend.WorkerStatus.Running;
import io.scalable.provider.reconcile.Timings;
import io.scalable.testkit.ADeployment;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;

/** What becomes of workers while AWS misbehaves: nothing doubled, nothing lost, clear words. */
class AwsTroubleIT {

    private static final Map<String, String> OPEN = Map.of("bootstrap.servers", "broker:9092");

    private static final String PASSWORD = "open-sesame";

    private static final Map<String, String> SECRET =
            Map.of(
                    "bootstrap.servers",
                    "broker:9092",
                    "sasl.jaas.config",
                    "Login required username=\"run\" password=\"" + PASSWORD + "\";");

    private static final Timings HASTY =
            new Timings(Duration.ofSeconds(1), Duration.ofMillis(200), Duration.ofSeconds(1));

    @TempDir static Path logs;
    private static EcsServer server;

    @TempDir Path folder;
    private final InMemoryLaunchLedger ledger = new InMemoryLaunchLedger();
    private final RecordingSink sink = new RecordingSink();
    private String id;
    private AwsStage stage;
    private ProviderHost host;
    private long generation;

    @BeforeAll
    static void startServer() {
        server = EcsServer.start(logs);
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void begin() {
        id = "trouble-" + Ids.random(6);
        stage(OPEN, AwsStage.QUICK);
    }

    @AfterEach
    void end() {
        host.close();
        stage.close();
    }

    private void stage(Map<String, String> kafka, AwsPacing pacing) {
        stage = new AwsStage(server, folder, kafka, pacing);
        host = host(stage.provider());
    }

    private ProviderHost host(DeploymentProvider provider) {
        return new ProviderHost(
                HOST, List.of(provider), ledger, sink, InstantSource.system(), HASTY);
    }

    @Test
    void throttledCallsAreRepeatedAndDoNotDouble() {
        server.fail("ListTasks", "ThrottlingException", 3);
        server.fail("RunTask", "ThrottlingException", 7);
        server.fail("DescribeTasks", "ThrottlingException", 5);
        server.fail("RegisterTaskDefinition", "ThrottlingException", 2);

        run(12);

        eventually(() -> assertThat(ready()).hasSize(12));
        untouched(12);
    }

    @Test
    void launchesWhoseAnswersAreLostAreNotDoubled() {
        server.loseAnswers("RunTask", 9);

        run(4);

        eventually(() -> assertThat(ready()).hasSize(4));
        untouched(4);
    }

    @Test
    void listsThatMissNewTasksForFiveSecondsLoseAndDoubleNothing() {
        server.set(Map.of("listLag", 5, "describeLag", 3));
        run(5);
        eventually(() -> assertThat(stage.alive(id)).hasSize(5));

        // Another host takes over while lists still lack all of them.
        var settling =
                new AwsPacing(
                        Duration.ofMillis(300),
                        Duration.ofMillis(300),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(6),
                        2);
        DeploymentProvider provider = stage.anotherProvider(settling);
        host.close();
        host = host(provider);
        host.deploymentChanged(deployment(5).build());
        desire(STEADY, 5);

        eventually(() -> assertThat(ready(provider)).as("adopted").hasSize(5));
        untouched(5);
    }

    @Test
    void workersForWhichThereIsNoRoomWaitAndSayWhy() {
        server.set(Map.of("capacity", 3));

        run(5);

        eventually(() -> assertThat(ready()).hasSize(3));
        eventually(
                () ->
                        assertThat(sink.events(WorkerPending.class))
                                .extracting(WorkerPending::reason)
                                .filteredOn(r -> r != null && r.contains("Capacity is unavailable"))
                                .isNotEmpty());
        int before = server.calls("RunTask");
        await().during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(5))
                .conditionEvaluationListener(_ -> host.tick())
                .until(() -> server.calls("RunTask") - before <= 6);
        server.set(Map.of("capacity", 100));
        eventually(() -> assertThat(ready()).hasSize(5));
        untouched(5);
    }

    @Test
    void withoutSpotCapacityWorkersAreOnFargateAndSaySo() {
        stage.spot();
        server.set(Map.of("spotCapacity", 2));

        run(4);

        eventually(() -> assertThat(ready()).hasSize(4));
        assertThat(server.tasks())
                .extracting(EcsServer.Seen::capacity)
                .containsOnly("FARGATE", "FARGATE_SPOT")
                .filteredOn("FARGATE_SPOT"::equals)
                .hasSize(2);
        assertThat(sink.events(WorkerStarted.class))
                .extracting(WorkerStarted::place)
                .anyMatch(place -> place.contains("Spot had no room"));
        untouched(4);
    }

    @Test
    void anInterruptedSpotWorkerIsPreemptedAndReplaced() {
        stage.spot();
        run(1);
        eventually(() -> assertThat(ready()).hasSize(1));

        server.end(worker(1), "SpotInterruption", "Your Spot Task was interrupted.");

        eventually(() -> assertThat(ready()).containsExactly(worker(2)));
        assertThat(failures()).containsExactly(FailureClass.PREEMPTED);
    }

    @Test
    void expiredCredentialsEndNoWorker() {
        run(2);
        eventually(() -> assertThat(ready()).hasSize(2));

        server.fail("*", "ExpiredTokenException", 6);
        desire(STEADY, 3);

        eventually(() -> assertThat(ready()).hasSize(3));
        untouched(3);
    }

    @Test
    void expiredCredentialsAreSaidFromTheStart() {
        server.fail("*", "ExpiredTokenException", 100);
        host.deploymentChanged(deployment(1).build());

        eventually(
                () ->
                        assertThat(unavailable())
                                .contains("expired", "aws sso login", "ecs:ListTasks"));
        assertThat(sink.events()).isEmpty();
    }

    @Test
    void aWrongClockIsSaid() {
        server.fail("*", "InvalidSignatureException", 100);
        host.deploymentChanged(deployment(1).build());

        eventually(() -> assertThat(unavailable()).contains("set its clock"));
        assertThat(sink.events()).isEmpty();
    }

    @Test
    void aMissingPermissionIsNamed() {
        server.fail("RunTask", "AccessDeniedException", 100);

        run(1);

        eventually(
                () ->
                        assertThat(sink.events(WorkerFailed.class))
                                .isNotEmpty()
                                .allMatch(f -> f.failureClass() == FailureClass.START_FAILURE)
                                .allMatch(
                                        f ->
                                                f.message()
                                                        .contains(
                                                                "not allowed to ecs:RunTask in"
                                                                        + " cluster 'default'")));
        assertThat(server.tasks()).isEmpty();
    }

    @Test
    void aMissingClusterIsNamed() {
        stage.option("cluster", "nowhere");

        run(1);

        eventually(
                () ->
                        assertThat(sink.events(WorkerFailed.class))
                                .isNotEmpty()
                                .allMatch(
                                        f ->
                                                f.message()
                                                        .contains(
                                                                "aws ecs create-cluster"
                                                                        + " --cluster-name"
                                                                        + " nowhere")));
    }

    @Test
    void anImageThatCannotBePulledIsExplained() {
        stage.option("image", "example/missing:1");

        run(1);

        eventually(
                () ->
                        assertThat(sink.events(WorkerFailed.class))
                                .isNotEmpty()
                                .allMatch(f -> f.failureClass() == FailureClass.START_FAILURE)
                                .allMatch(
                                        f ->
                                                f.message().contains("example/missing:1")
                                                        && f.message().contains("NAT gateway")));
    }

    @Test
    void aWorkerThatFailsSaysWhereItsLogIs() {
        host.deploymentChanged(stage.deployment(id).pool(BROKEN, 1).build());
        desire(BROKEN, 1);

        eventually(
                () ->
                        assertThat(sink.events(WorkerFailed.class))
                                .isNotEmpty()
                                .allMatch(
                                        f ->
                                                f.message().contains("exit status 1")
                                                        && f.message()
                                                                .contains(
                                                                        "group /scalable/workers,"
                                                                                + " stream")));
    }

    @Test
    void aReadyWorkerIsNotStoppedByACancelThatCameTooLate() {
        run(1);
        eventually(() -> assertThat(ready()).hasSize(1));
        var backend = stage.provider().buildCluster(deployment(1).build()).backend();

        backend.cancel(worker(1));

        await().during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(3))
                .conditionEvaluationListener(_ -> host.tick())
                .until(() -> server.calls("StopTask") == 0);
    }

    @Test
    void aStopThatIsRefusedIsTriedAgainAndNotAllTheTime() {
        host.deploymentChanged(stage.deployment(id).pool(SLOW, 2).build());
        desire(SLOW, 2);
        eventually(() -> assertThat(stage.alive(id)).hasSize(2));
        server.fail("StopTask", "AccessDeniedException", 6);

        desire(SLOW, 0);

        eventually(() -> assertThat(stage.alive(id)).isEmpty());
        assertThat(server.calls("StopTask")).isEqualTo(8);
        assertThat(sink.events(WorkerFailed.class)).isEmpty();
    }

    @Test
    void theBrokersSecretIsInTheParameterStoreAloneAndGoesWithTheDeployment() {
        stage(SECRET, AwsStage.QUICK);
        run(2);
        eventually(() -> assertThat(ready()).hasSize(2));

        assertThat(stage.kafka(worker(1))).contains("open-sesame");
        TaskDefinition definition = definition();
        assertThat(definition.toString()).doesNotContain(PASSWORD);
        assertThat(server.tasks().toString()).doesNotContain(PASSWORD);
        assertThat(parameter()).isTrue();

        host.deploymentEnded(id);

        eventually(() -> assertThat(host.idle()).isTrue());
        assertThat(parameter()).isFalse();
        assertThat(definition(definition.taskDefinitionArn()).statusAsString())
                .isEqualTo("INACTIVE");
    }

    @Test
    void deploymentsWithoutASecretShareATaskDefinition() {
        run(1);
        eventually(() -> assertThat(ready()).hasSize(1));
        String first = definition().taskDefinitionArn();
        host.deploymentEnded(id);
        eventually(() -> assertThat(host.idle()).isTrue());
        int registered = server.calls("RegisterTaskDefinition");

        id = "trouble-" + Ids.random(6);
        run(1);

        eventually(() -> assertThat(ready()).hasSize(1));
        assertThat(definition().taskDefinitionArn()).isEqualTo(first);
        assertThat(server.calls("RegisterTaskDefinition")).isEqualTo(registered);
    }

    @Test
    void aHundredWorkersAreAHundredLaunchesAndFewOtherCalls() {
        stage(OPEN, AwsPacing.defaults());
        server.set(Map.of("step", 0.5, "pageSize", 40));

        Instant asked = Instant.now();
        run(100);
        eventually(() -> assertThat(ready()).hasSize(100));
        System.Logger log = System.getLogger(AwsTroubleIT.class.getName());
        log.log(
                System.Logger.Level.INFO,
                "100 workers ready after {0} ms, with {1} calls",
                Duration.between(asked, Instant.now()).toMillis(),
                server.calls());

        assertThat(server.calls("RunTask")).isEqualTo(100);
        assertThat(server.calls("RegisterTaskDefinition")).isLessThanOrEqualTo(1);
        assertThat(server.calls("StopTask")).isZero();
        // A listing is a call for each page of 40, and one description.
        assertThat(server.calls("DescribeTasks")).isLessThanOrEqualTo(server.calls("ListTasks"));
        untouched(100);
    }

    @Test
    void ownersAreFoundAndSwept() {
        host.deploymentChanged(stage.deployment(id).pool(STEADY, 2).pool(SLOW, 1).build());
        host.planChanged(plan(id, ++generation, Map.of(STEADY, 2, SLOW, 1)));
        eventually(() -> assertThat(stage.alive(id)).hasSize(3));

        try (var workers = new AwsWorkers(stage.deployment(id).build().target())) {
            List<AwsWorkers.Owned> alive = workers.alive();
            assertThat(alive).hasSize(3).allMatch(w -> w.deploymentId().equals(id));
            assertThat(alive)
                    .extracting(AwsWorkers.Owned::workerId)
                    .contains(worker(1), worker(2), Ids.workerId(id, SLOW, 1));
            assertThat(alive).allMatch(w -> w.age().compareTo(Duration.ofMinutes(1)) < 0);

            workers.end(alive);

            await().atMost(Duration.ofSeconds(10)).until(() -> workers.alive().isEmpty());
        }
    }

    private ADeployment deployment(int maximum) {
        return stage.deployment(id).pool(STEADY, maximum);
    }

    private void run(int workers) {
        host.deploymentChanged(deployment(Math.max(workers, 3)).build());
        desire(STEADY, workers);
    }

    private void desire(String pool, int workers) {
        host.planChanged(plan(id, ++generation, Map.of(pool, workers)));
    }

    private String worker(int ordinal) {
        return Ids.workerId(id, STEADY, ordinal);
    }

    /** So many tasks were started in all, none twice, none too many, and none failed. */
    private void untouched(int tasks) {
        assertThat(server.tasks()).hasSize(tasks);
        assertThat(server.doubled()).isEmpty();
        assertThat(server.mostAlive(id)).isLessThanOrEqualTo(tasks);
        assertThat(sink.events(WorkerFailed.class)).isEmpty();
    }

    private List<FailureClass> failures() {
        return sink.events(WorkerFailed.class).stream().map(WorkerFailed::failureClass).toList();
    }

    private List<String> ready() {
        return ready(stage.provider());
    }

    private List<String> ready(DeploymentProvider provider) {
        var unused = stage.provider(); // hears what workers say
        return listing(provider).entrySet().stream()
                .filter(e -> e.getValue() instanceof Running running && running.ready())
                .map(Map.Entry::getKey)
                .toList();
    }

    private Map<String, WorkerStatus> listing(DeploymentProvider provider) {
        try {
            return provider.buildCluster(deployment(3).build()).backend().observe();
        } catch (BackendUnavailableException e) {
            return Map.of();
        }
    }

    private String unavailable() {
        try {
            var _ = stage.provider().buildCluster(deployment(3).build()).backend().observe();
            return "";
        } catch (BackendUnavailableException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private TaskDefinition definition() {
        return definition(server.tasks().getFirst().definition());
    }

    private static TaskDefinition definition(String arn) {
        try (var ecs = EcsServer.client()) {
            return ecs.describeTaskDefinition(d -> d.taskDefinition(arn)).taskDefinition();
        }
    }

    private boolean parameter() {
        try (var ssm = EcsServer.secrets()) {
            var _ = ssm.getParameter(g -> g.name(Ownership.parameter(id)));
            return true;
        } catch (ParameterNotFoundException e) {
            return false;
        }
    }

    private void eventually(ThrowingRunnable check) {
        ticking().untilAsserted(check);
    }

    private ConditionFactory ticking() {
        return await().atMost(Duration.ofSeconds(45))
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(30))
                .conditionEvaluationListener(_ -> host.tick());
    }
}
