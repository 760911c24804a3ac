package io.scalable.dispatcher.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * When each worker that is gone or lost was last heard of: it is remembered for a while, so that a
 * late record does not bring it back. Not kept in rows: after a restart each has its full time.
 */
final class Departures {

    private final LinkedHashMap<String, Instant> lastHeard = new LinkedHashMap<>();

    /** The worker has gone, or something was heard of it since. */
    void note(String workerId, Instant now) {
        lastHeard.putLast(workerId, now);
    }

    /** The worker is back, or forgotten. */
    void cancel(String workerId) {
        lastHeard.remove(workerId);
    }

    /** The workers that have not been heard of for longer than {@code time}. */
    List<String> due(Instant now, Duration time) {
        var due = new ArrayList<String>();
        for (Map.Entry<String, Instant> worker : lastHeard.entrySet()) {
            if (Duration.between(worker.getValue(), now).compareTo(time) <= 0) {
                break;
            }
            due.add(worker.getKey());
        }
        return due;
    }
}
