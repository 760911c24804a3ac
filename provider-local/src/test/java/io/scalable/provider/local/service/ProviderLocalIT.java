package io.scalable.provider.local.service;

import static io.scalable.provider.Deployments.aDeployment;
import static io.scalable.provider.Deployments.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.BooleanNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.scalable.contracts.Ids;
import io.scalable.contracts.kafka.TopicAdmin;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.topic.DeadLetter;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.WorkerLifecycle.RemovalCause;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerFailed;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRemoved;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerStarted;
import io.scalable.provider.local.service.config.ProviderLocalConfig;
import io.scalable.testkit.ADeployment;
import io.scalable.testkit.Readiness;
import io.scalable.testkit.ServiceBroker;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service as it is deployed: real topics, real workers. */
@QuarkusTest
@WithTestResource(Broker.class)
class ProviderLocalIT {

    private static final String POOL = "pool";

    @Inject ProviderLocalConfig config;

    @TestHTTPResource("/q/health/ready")
    URI readiness;

    ServiceBroker broker;

    private final String id = "it-" + Ids.random(6);
    private Wire wire;

    @BeforeEach
    void connect() {
        wire = new Wire(broker.kafka(), id);
        try (var admin = new TopicAdmin(broker.kafka())) {
            admin.createDeployment(id, 4);
        }
    }

    @AfterEach
    void endTheDeployment() {
        wire.end(id);
        wire.close();
    }

    @Test
    void aWorkerProcessThatIsKilledIsReportedBeforeItsSilenceWouldBeAndReplaced() {
        wire.publish(deployment().option("processes", BooleanNode.TRUE).build());
        wire.publish(plan(id, 1, Map.of(POOL, 1)));
        awaitReady(1);

        Instant killed = Instant.now();
        assertThat(processOf(wire.heard(id, WorkerStarted.class).getFirst()).destroyForcibly())
                .isTrue();

        awaitReady(2);
        WorkerFailed failed = wire.heard(id, WorkerFailed.class).getFirst();
        assertThat(failed.failureClass()).isEqualTo(FailureClass.NODE_FAILURE);
        assertThat(failed.message()).endsWith("was killed by signal 9");
        assertThat(Duration.between(killed, failed.at())).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void itSaysThatItIsReady() {
        assertThat(Readiness.await(readiness)).contains("\"UP\"", "serving");
    }

    @Test
    void theEndOfADeploymentEndsItsProcesses() {
        wire.publish(deployment().option("processes", BooleanNode.TRUE).build());
        wire.publish(plan(id, 1, Map.of(POOL, 1)));
        awaitReady(1);
        ProcessHandle worker = processOf(wire.heard(id, WorkerStarted.class).getFirst());

        wire.end(id);

        eventually(() -> assertThat(removals()).containsExactly(RemovalCause.DEPLOYMENT_ENDED));
        assertThat(worker.isAlive()).isFalse();
    }

    @Test
    void workersCanBeThreads() {
        wire.publish(plan(id, 1, Map.of(POOL, 2)));
        wire.publish(deployment().build());

        eventually(() -> assertThat(wire.heard(id, WorkerStarted.class)).hasSize(2));
        wire.end(id);

        eventually(() -> assertThat(removals()).hasSize(2));
        assertThat(wire.heard(id, WorkerFailed.class)).isEmpty();
    }

    @Test
    void aRecordThatIsNoDeploymentIsPutAsideAndNothingStops() {
        wire.send(Topics.DEPLOYMENTS, "bad-" + id, "{".getBytes(StandardCharsets.UTF_8));
        wire.publish(deployment().build());
        wire.publish(plan(id, 1, Map.of(POOL, 1)));

        eventually(() -> assertThat(wire.heard(id, WorkerStarted.class)).hasSize(1));
        eventually(
                () ->
                        assertThat(wire.deadLetters())
                                .extracting(DeadLetter::key, DeadLetter::consumer)
                                .contains(
                                        org.assertj.core.api.Assertions.tuple(
                                                "bad-" + id, "provider-local")));
    }

    private ADeployment deployment() {
        return aDeployment(id).provider("local").hostedBy("provider-local").pool(POOL, 4);
    }

    /** The worker's own mark, which the provider goes by too. */
    private void awaitReady(int ordinal) {
        String marker = Ids.workerId(id, POOL, ordinal) + ".ready";
        eventually(
                () -> {
                    assertThat(wire.heard(id, WorkerStarted.class)).hasSize(ordinal);
                    assertThat(config.workDir().resolve("workers").resolve(marker)).exists();
                });
    }

    private List<RemovalCause> removals() {
        return wire.heard(id, WorkerRemoved.class).stream().map(WorkerRemoved::cause).toList();
    }

    private static ProcessHandle processOf(WorkerStarted started) {
        long pid = Long.parseLong(started.place().substring("pid ".length()));
        return ProcessHandle.of(pid).orElseThrow();
    }

    private static void eventually(ThrowingRunnable check) {
        await().atMost(Duration.ofSeconds(60)).pollInSameThread().untilAsserted(check);
    }
}
