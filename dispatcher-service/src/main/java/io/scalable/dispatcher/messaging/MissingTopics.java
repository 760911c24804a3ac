package io.scalable.dispatcher.messaging;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Topics that could not be written to; each is left alone for a while before the next try. */
final class MissingTopics {

    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final Map<String, Long> until = new HashMap<>();

    /**
     * @param now milliseconds
     */
    void add(String topic, long now) {
        until.put(topic, now + PAUSE.toMillis());
    }

    boolean isMissing(String topic, long now) {
        Long end = until.get(topic);
        if (end == null) {
            return false;
        }
        if (now < end) {
            return true;
        }
        until.remove(topic);
        return false;
    }
}
