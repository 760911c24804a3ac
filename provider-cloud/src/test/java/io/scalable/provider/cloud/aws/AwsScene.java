package io.scalable.provider.cloud.aws;

import static io.scalable.provider.Deployments.HOST;
import static io.scalable.provider.Deployments.plan;
import static io.scalable.provider.ProviderStage.STEADY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scalable.contracts.Ids;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerFailed;
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
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A host, its stage and an {@link EcsServer} for tests of what becomes of a deployment's workers.
 */
abstract class AwsScene {

    static final Map<String, String> OPEN = Map.of("bootstrap.servers", "broker:9092");

    private static final Timings HASTY =
            new Timings(Duration.ofSeconds(1), Duration.ofMillis(200), Duration.ofSeconds(1));

    @TempDir static Path logs;
    static EcsServer server;

    @TempDir Path folder;
    private final InMemoryLaunchLedger ledger = new InMemoryLaunchLedger();
    final RecordingSink sink = new RecordingSink();
    String id;
    AwsStage stage;
    ProviderHost host;
    long generation;

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

    final void stage(Map<String, String> kafka, AwsPacing pacing) {
        stage = new AwsStage(server, folder, kafka, pacing);
        host = host(stage.provider());
    }

    final ProviderHost host(DeploymentProvider provider) {
        return new ProviderHost(
                HOST, List.of(provider), ledger, sink, InstantSource.system(), HASTY);
    }

    final ADeployment deployment(int maximum) {
        return stage.deployment(id).pool(STEADY, maximum);
    }

    final void run(int workers) {
        host.deploymentChanged(deployment(Math.max(workers, 3)).build());
        desire(STEADY, workers);
    }

    final void desire(String pool, int workers) {
        host.planChanged(plan(id, ++generation, Map.of(pool, workers)));
    }

    final String worker(int ordinal) {
        return Ids.workerId(id, STEADY, ordinal);
    }

    /** So many tasks were started in all, none twice, none too many, and none failed. */
    final void untouched(int tasks) {
        assertThat(server.tasks()).hasSize(tasks);
        assertThat(server.doubled()).isEmpty();
        assertThat(server.mostAlive(id)).isLessThanOrEqualTo(tasks);
        assertThat(sink.events(WorkerFailed.class)).isEmpty();
    }

    final List<String> ready() {
        return ready(stage.provider());
    }

    final List<String> ready(DeploymentProvider provider) {
        var unused = stage.provider(); // hears what workers say
        return listing(provider).entrySet().stream()
                .filter(e -> e.getValue() instanceof Running running && running.ready())
                .map(Map.Entry::getKey)
                .toList();
    }

    final Map<String, WorkerStatus> listing(DeploymentProvider provider) {
        try {
            return provider.buildCluster(deployment(3).build()).backend().observe();
        } catch (BackendUnavailableException e) {
            return Map.of();
        }
    }

    final void eventually(ThrowingRunnable check) {
        ticking().untilAsserted(check);
    }

    final ConditionFactory ticking() {
        return await().atMost(Duration.ofSeconds(45))
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(30))
                .conditionEvaluationListener(_ -> host.tick());
    }
}
