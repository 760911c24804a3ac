package io.scalable.dispatcher.messaging;

import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A stream thread's producer, of outputs and changelogs, that fences itself: once the process stood
 * still, it takes nothing more until the group has given the thread its partitions anew. Streams
 * then gives up the thread's tasks as it does where a broker fences a producer.
 */
final class OwnedProducer extends KafkaProducer<byte[], byte[]> {

    private final Ownership ownership;

    OwnedProducer(Map<String, Object> config, Ownership ownership) {
        super(config, new ByteArraySerializer(), new ByteArraySerializer());
        this.ownership = ownership;
    }

    /**
     * @throws KafkaException caused by a {@link ProducerFencedException} if the partitions may be
     *     another's by now
     */
    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
        if (!ownership.current().holds()) {
            throw new KafkaException(
                    "nothing is written to " + record.topic(),
                    new ProducerFencedException(Ownership.LOST));
        }
        return super.send(record, callback);
    }
}
