package io.scalable.dispatcher.messaging;

import io.scalable.contracts.topic.Topics;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Has Streams take what workers report before all else that waits: it takes the record with the
 * smallest time first. Workers with nothing to do are fed before more tasks are taken in. No rule
 * of the dispatcher looks at this time.
 */
final class ReportsFirst implements TimestampExtractor {

    private static final long AHEAD = Duration.ofHours(1).toMillis();

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        long time = Math.max(0, record.timestamp());
        return record.topic().equals(Topics.WORKER_REPORTS) ? Math.max(0, time - AHEAD) : time;
    }
}
