package io.scalable.contracts.topic;

import java.util.List;

/**
 * Several records in one, for speed: a reader takes its parts as if they had come one after
 * another. Who reads a topic by {@link io.scalable.contracts.kafka.TopicRecords} need not know.
 *
 * @param <T> what the parts are
 */
public interface Batch<T> {

    /** The records, in order; at least one. */
    List<T> parts();
}
