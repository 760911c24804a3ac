package io.scalable.provider.kafka;

import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.provider.LifecycleSink;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;

/** Tells of workers on {@code scalable.worker-lifecycle}. */
public final class KafkaLifecycleSink implements LifecycleSink, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(KafkaLifecycleSink.class.getName());
    private static final JsonCodec<WorkerLifecycle> CODEC = JsonCodec.of(WorkerLifecycle.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final Producer<byte[], byte[]> producer;

    /**
     * @param kafka Kafka client properties, {@code bootstrap.servers} at least
     */
    public KafkaLifecycleSink(Map<String, String> kafka) {
        this.producer = ByteRecords.producer(kafka);
    }

    @Override
    public void emit(WorkerLifecycle event) {
        var told =
                ByteRecords.of(
                        Topics.WORKER_LIFECYCLE,
                        event.deploymentId(),
                        CODEC.encode(event),
                        (Record) event);
        var _ =
                producer.send(
                        told,
                        (_, problem) -> {
                            if (problem != null) {
                                LOG.log(Level.ERROR, "not told: " + event, problem);
                            }
                        });
    }

    /** Sends what is under way, for at most 2 s. */
    @Override
    public void close() {
        producer.close(LAST_WORDS);
    }
}
