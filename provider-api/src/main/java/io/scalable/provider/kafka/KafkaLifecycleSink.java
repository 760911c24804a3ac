package io.scalable.provider.kafka;

import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.kafka.SchemaHeader;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.provider.LifecycleSink;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Tells of workers on {@code scalable.worker-lifecycle}. */
public final class KafkaLifecycleSink implements LifecycleSink {

    private static final System.Logger LOG = System.getLogger(KafkaLifecycleSink.class.getName());
    private static final JsonCodec<WorkerLifecycle> CODEC = JsonCodec.of(WorkerLifecycle.class);

    private final Producer<byte[], byte[]> producer;

    /**
     * @param producer durable and in order; whoever made it closes it
     */
    public KafkaLifecycleSink(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    // The callback hears of the failure; the future would only repeat it.
    @SuppressWarnings("FutureReturnValueIgnored")
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
            producer.send(told, (_, problem) -> lost(event, problem));
        } catch (KafkaException e) {
            lost(event, e);
        }
    }

    private static void lost(WorkerLifecycle event, Exception problem) {
        if (problem != null) {
            LOG.log(Level.ERROR, "not told: " + event, problem);
        }
    }
}
