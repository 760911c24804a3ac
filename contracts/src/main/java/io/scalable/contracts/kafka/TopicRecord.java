package io.scalable.contracts.kafka;

import io.scalable.contracts.topic.Batch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a record from a topic says, once {@link TopicRecords} has decoded and checked it. */
public sealed interface TopicRecord {

    /**
     * The deployment that the record is about; null for one that is about none, such as a provider
     * host's sign of life or a dead letter without a key.
     */
    @Nullable String deploymentId();

    /**
     * A record with a value.
     *
     * @param body a record of one of the types that stand on the topic
     */
    record Present(@Nullable String deploymentId, Record body) implements TopicRecord {

        /** The record's body, or the parts of a {@link Batch}, in order. */
        public List<Record> bodies() {
            return body instanceof Batch<?> batch
                    ? batch.parts().stream().map(Record.class::cast).toList()
                    : List.of(body);
        }
    }

    /**
     * A tombstone on a compacted topic: what stood under the key is gone.
     *
     * @param key the record's key; the deployment's id but for launches and service events
     */
    record Tombstone(@Nullable String deploymentId, String key) implements TopicRecord {}
}
