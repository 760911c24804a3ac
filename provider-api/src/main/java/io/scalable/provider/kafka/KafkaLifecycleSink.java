package io.scalable.provider.kafka;

import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.kafka.SchemaHeader;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.provider.LedgerUnavailableException;
import io.scalable.provider.LifecycleSink;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/** Tells of workers on {@code scalable.worker-lifecycle}. */
public final class KafkaLifecycleSink implements LifecycleSink {

    private static final System.Logger LOG = System.getLogger(KafkaLifecycleSink.class.getName());
    private static final JsonCodec<WorkerLifecycle> CODEC = JsonCodec.of(WorkerLifecycle.class);

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Producer<byte[], byte[]> producer;

    /** The newest event's way; those before it have arrived when it has. */
    private @Nullable Future<RecordMetadata> underWay;

    /**
     * @param producer durable and in order; whoever made it closes it
     */
    public KafkaLifecycleSink(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    @Override
    public void emit(WorkerLifecycle event) {
        var told =
                new ProducerRecord<>(
                        Topics.WORKER_LIFECYCLE,
                        null,
                        event.deploymentId().getBytes(StandardCharsets.UTF_8),
                        CODEC.encode(event),
                        SchemaHeader.of((Record) event));
        try {
            underWay = producer.send(told, (_, problem) -> lost(event, problem));
        } catch (KafkaException e) {
            lost(event, e);
            underWay = CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void flush() {
        Future<RecordMetadata> newest = underWay;
        if (newest == null) {
            return;
        }
        try {
            RecordMetadata _ = newest.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            // What no retry helps is in the log already, and keeps nobody from going on.
            if (e.getCause() instanceof RetriableException away) {
                throw new LedgerUnavailableException("not told: " + away.getMessage(), away);
            }
        } catch (TimeoutException e) {
            throw new LedgerUnavailableException(
                    "no answer within " + PATIENCE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LedgerUnavailableException("interrupted", e);
        }
    }

    private static void lost(WorkerLifecycle event, Exception problem) {
        if (problem != null) {
            LOG.log(Level.ERROR, "not told: " + event, problem);
        }
    }
}
