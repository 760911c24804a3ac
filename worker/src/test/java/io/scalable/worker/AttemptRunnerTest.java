package io.scalable.worker;

import static io.scalable.worker.Leases.attempt;
import static io.scalable.worker.Leases.lease;
import static io.scalable.worker.Leases.withInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.Work;
import io.scalable.contracts.storage.Payloads;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.worker.WorkerReport;
import io.scalable.contracts.worker.WorkerReport.AttemptFinished;
import io.scalable.contracts.worker.WorkerReport.AttemptStarted;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AttemptRunnerTest {

    private static final JsonCodec<WorkerReport> CODEC = JsonCodec.of(WorkerReport.class);
    private static final URI STORAGE = URI.create("file:///nowhere");
    private static final ClassLoader HERE = AttemptRunnerTest.class.getClassLoader();

    private final WorkerConfig config =
            new WorkerConfig(
                    Leases.DEPLOYMENT,
                    "forecast",
                    Leases.WORKER,
                    1,
                    0,
                    Map.of(),
                    STORAGE,
                    Path.of("/"),
                    List.of(),
                    Map.of(),
                    null);
    private final MockProducer<byte[], byte[]> broker =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final LeaseTable leases = new LeaseTable();
    private final Timer timer = new Timer(Leases.WORKER);
    private final AtomicInteger ended = new AtomicInteger();
    private final AttemptRunner runner = runner();

    @AfterEach
    void stop() throws InterruptedException {
        assertThat(runner.stopAll(Duration.ofSeconds(30))).isTrue();
        timer.close();
    }

    @Test
    void anAttemptIsReportedBeforeItIsForgotten() {
        grant("nothing", "null");

        await().untilAsserted(() -> assertThat(ended).hasValue(1));

        assertThat(leases.held()).isEmpty();
        assertThat(reports())
                .satisfiesExactly(
                        first -> assertThat(first).isInstanceOf(AttemptStarted.class),
                        second ->
                                assertThat(((AttemptFinished) second).result().value().isNull())
                                        .isTrue());
    }

    @Test
    void theEndOfTheAllocationIsNotTheTasksFault() {
        Attempt attempt = grant("sleeps", "600");
        await().until(attempt::running);

        runner.stop(attempt, StopCause.WALLTIME);

        await().untilAsserted(() -> assertThat(ended).hasValue(1));
        var finished = (AttemptFinished) reports().getLast();
        assertThat(finished.failure().failureClass()).isEqualTo(FailureClass.WALLTIME);
    }

    @Test
    void nothingIsSaidOfARevokedAttempt() {
        Attempt attempt = grant("sleeps", "600");
        await().until(attempt::running);

        assertThat(leases.revoke(attempt.key())).isPresent();
        runner.stop(attempt, StopCause.REVOKED);

        await().untilAsserted(() -> assertThat(ended).hasValue(1));
        assertThat(reports()).noneMatch(AttemptFinished.class::isInstance);
    }

    private Attempt grant(String method, String input) {
        var work = new Work.Handler(SampleTasks.class.getName() + "::" + method);
        Attempt attempt = attempt(withInput(lease(method, 0, 1, work), input));
        assertThat(leases.grant(attempt)).isEmpty();
        return attempt;
    }

    private List<WorkerReport> reports() {
        return broker.history().stream().map(record -> CODEC.decode(record.value())).toList();
    }

    private AttemptRunner runner() {
        var logs = TaskLogs.at(STORAGE);
        var lookup = new HandlerLookup(TaskLoader.of("c", List.of(), HERE), new TaskJson(HERE));
        var work =
                new TaskWork(
                        Payloads.at(STORAGE),
                        new HandlerTasks(lookup, logs),
                        new CommandTasks(config, logs, new OutOfMemoryKills(List.of())));
        return new AttemptRunner(
                config,
                work,
                leases,
                new Reporter(broker, config),
                timer,
                HERE,
                ended::incrementAndGet);
    }
}
