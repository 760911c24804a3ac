package io.scalable.dispatcher.messaging;

import io.scalable.dispatcher.messaging.Inputs.Progress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whether a partition's inputs are read to where they ended when it was taken over. What stands at
 * an end may be no record, such as the mark of a transaction: then the consumer's position says so,
 * once all that it got has been processed. Pure; for one thread.
 */
final class CatchUp {

    private final Map<String, Long> processed = new HashMap<>();
    private @Nullable Map<String, Long> ends;

    /** Where the topics end; from then on it can be over. */
    void ends(Map<String, Long> nextOffsets) {
        ends = Map.copyOf(nextOffsets);
    }

    /** True once it is known where the topics end. */
    boolean knowsEnds() {
        return ends != null;
    }

    /** A record was processed. */
    void processed(String topic, long offset) {
        processed.put(topic, offset);
    }

    /**
     * True if all topics are read to their ends.
     *
     * @param progress of a topic's consumer
     */
    boolean over(Function<String, Progress> progress) {
        if (ends == null) {
            return false;
        }
        for (Map.Entry<String, Long> end : ends.entrySet()) {
            long done = processed.getOrDefault(end.getKey(), -1L);
            if (done + 1 < end.getValue() && !passed(progress.apply(end.getKey()), done, end)) {
                return false;
            }
        }
        return true;
    }

    private static boolean passed(Progress of, long done, Map.Entry<String, Long> end) {
        return of.position() >= end.getValue() && of.lastRecord() <= done;
    }
}
