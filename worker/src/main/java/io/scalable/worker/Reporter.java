package io.scalable.worker;

import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.kafka.SchemaHeader;
import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.FailureClass;
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
import java.util.concurrent.Executor;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * Tells the dispatcher. Reports go out at once and in the order of the calls; whoever calls waits
 * only while the broker's address is unknown or the send buffer is full. No call throws: an end
 * that cannot be told as it is, is told as a failure made of constants. Thread-safe.
 */
final class Reporter implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Reporter.class.getName());
    private static final JsonCodec<WorkerReport> CODEC = JsonCodec.of(WorkerReport.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    /** Instead of an end that cannot be encoded, or that the broker refuses for good. */
    private static final Failure UNSENDABLE =
            new Failure(
                    FailureClass.USER_ERROR,
                    "unsendable result",
                    "what the attempt ended with cannot be sent: it is nested too deep, too large"
                            + " or holds text that is no Unicode; the worker's log has the reason",
                    null);

    /** Not the producer's own thread, which must not wait for itself. */
    private static final Executor SENDERS =
            action -> Thread.ofVirtual().name("worker-report").start(action);

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
                                Instant.now(),
                                attempt.lease().deploymentCreatedAt()));
    }

    void finished(Attempt attempt, Outcome outcome) {
        double seconds = attempt.seconds();
        Instant created = attempt.lease().deploymentCreatedAt();
        AttemptFinished report = finished(attempt.key(), outcome, seconds, created);
        var unused =
                send(report)
                        .exceptionallyAsync(
                                error -> {
                                    if (!(error instanceof RetriableException)) {
                                        replace(attempt.key(), seconds, created);
                                    }
                                    return null;
                                },
                                SENDERS);
    }

    /** Tells the end of an attempt that never began. */
    void refused(AttemptKey key, Failure failure) {
        var unused = send(finished(key, Outcome.of(failure), 0, null));
    }

    private void replace(AttemptKey key, double seconds, @Nullable Instant created) {
        var unused = send(finished(key, Outcome.of(UNSENDABLE), seconds, created));
    }

    private AttemptFinished finished(
            AttemptKey key, Outcome outcome, double seconds, @Nullable Instant created) {
        return new AttemptFinished(
                config.deploymentId(),
                config.workerId(),
                key.taskId(),
                key.attempt(),
                outcome.result(),
                outcome.failure(),
                seconds,
                Instant.now(),
                created);
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
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
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
            WorkerReport report, Throwable error, CompletableFuture<Void> acknowledged) {
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
