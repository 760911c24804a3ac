package io.scalable.contracts.topic;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A topic that services make sure of at their start.
 *
 * @param name its name
 * @param kept how long records stay
 * @param retention how long, for {@link Kept#DELETE}; null for {@link Kept#COMPACT}
 */
public record Topic(String name, Kept kept, @Nullable Duration retention) {

    /** Kafka's cleanup policies. */
    public enum Kept {
        /** The newest record of each key. */
        COMPACT,
        /** Everything, for the retention. */
        DELETE
    }

    static Topic compact(String name) {
        return new Topic(name, Kept.COMPACT, null);
    }

    static Topic kept(String name, Duration retention) {
        return new Topic(name, Kept.DELETE, retention);
    }
}
