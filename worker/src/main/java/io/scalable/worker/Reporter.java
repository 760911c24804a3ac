package io.scalable.worker;

import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.kafka.SchemaHeader;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.WorkerReport;
import io.scalable.contracts.worker.WorkerReport.AttemptFinished;
import io.scalable.contracts.worker.WorkerReport.AttemptStarted;
import io.scalable.contracts.worker.WorkerReport.HeldAttempt;
import io.scalable.contracts.worker.WorkerReport.WorkerHeartbeat;
import io.scalable.contracts.worker.WorkerReport.WorkerLeft;
import io.scalable.contracts.worker.WorkerReport.WorkerReady;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Tells the dispatcher. Reports go out at once and in the order of the calls; nobody waits for
 * them. Thread-safe.
 */
final class Reporter implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Reporter.class.getName());
    private static final JsonCodec<WorkerReport> CODEC = JsonCodec.of(WorkerReport.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final Producer<byte[], byte[]> producer;
    private final WorkerConfig config;
    private final byte[] key;
    private volatile long lastContact = System.nanoTime();

    Reporter(Producer<byte[], byte[]> producer, WorkerConfig config) {
        this.producer = producer;
        this.config = config;
        this.key = config.deploymentId().getBytes(StandardCharsets.UTF_8);
    }

    CompletableFuture<Void> ready() {
        return send(
                new WorkerReady(
                        config.deploymentId(),
                        config.workerId(),
                        config.component(),
                        config.slots(),
                        config.partition(),
                        HostName.get(),
                        ProcessHandle.current().pid(),
                        config.endsAt(),
                        Instant.now()));
    }

    CompletableFuture<Void> heartbeat(List<HeldAttempt> held, boolean draining) {
        return send(
                new WorkerHeartbeat(
                        config.deploymentId(),
                        config.workerId(),
                        config.component(),
                        config.slots(),
                        config.partition(),
                        held,
                        draining,
                        config.endsAt(),
                        Instant.now()));
    }

    void started(Attempt attempt) {
        var unused =
                send(
                        new AttemptStarted(
                                config.deploymentId(),
                                config.workerId(),
                                attempt.taskId(),
                                attempt.attempt(),
                                Instant.now()));
    }

    void finished(Attempt attempt, Outcome outcome) {
        var unused =
                send(
                        new AttemptFinished(
                                config.deploymentId(),
                                config.workerId(),
                                attempt.taskId(),
                                attempt.attempt(),
                                outcome.result(),
                                outcome.failure(),
                                attempt.seconds(),
                                Instant.now()));
    }

    void left(String reason) {
        var unused =
                send(
                        new WorkerLeft(
                                config.deploymentId(), config.workerId(), reason, Instant.now()));
    }

    /**
     * Sends a report. The returned future completes when the broker has it; a failure is logged
     * here, so it may be ignored.
     */
    private CompletableFuture<Void> send(WorkerReport report) {
        var acknowledged = new CompletableFuture<Void>();
        try {
            var unused =
                    producer.send(
                            new ProducerRecord<>(
                                    Topics.WORKER_REPORTS,
                                    null,
                                    key,
                                    CODEC.encode(report),
                                    SchemaHeader.of((Record) report)),
                            (_, error) -> {
                                if (error == null) {
                                    lastContact = System.nanoTime();
                                    acknowledged.complete(null);
                                } else {
                                    failed(report, error, acknowledged);
                                }
                            });
        } catch (RuntimeException e) {
            failed(report, e, acknowledged);
        }
        return acknowledged;
    }

    /** How long ago the broker last took a report. */
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - lastContact);
    }

    /** Waits a little for what is under way. */
    @Override
    public void close() {
        producer.close(LAST_WORDS);
    }

    private static void failed(
            WorkerReport report, Exception error, CompletableFuture<Void> acknowledged) {
        // Heartbeats show the dispatcher what it has not heard of, so the lease is given out again.
        LOG.log(
                Level.WARNING,
                () ->
                        report.workerId()
                                + ": a "
                                + report.getClass().getSimpleName()
                                + " was not delivered: "
                                + error);
        acknowledged.completeExceptionally(error);
    }
}
