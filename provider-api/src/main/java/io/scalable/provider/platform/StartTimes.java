package io.scalable.provider.platform;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/** How long workers lately took from launch to ready. Pure; not thread-safe. */
final class StartTimes {

    /** Before anything is known; also what is added for good measure. */
    private static final Duration LEAST = Duration.ofSeconds(10);

    private static final int REMEMBERED = 20;

    private final Duration most;
    private final Map<String, Instant> asked = new HashMap<>();
    private final ArrayDeque<Duration> recent = new ArrayDeque<>();

    /**
     * @param most what the lead never passes; zero where allocations do not end
     */
    StartTimes(Duration most) {
        this.most = most;
    }

    /** A launch is called for; a repeated one counts from the first. */
    void asked(String workerId, Instant at) {
        asked.putIfAbsent(workerId, at);
    }

    /** The worker takes leases; only the first time counts. */
    void ready(String workerId, Instant at) {
        Instant since = asked.remove(workerId);
        if (since != null) {
            recent.addLast(Duration.between(since, at));
            if (recent.size() > REMEMBERED) {
                recent.removeFirst();
            }
        }
    }

    /** Nothing is left of the worker. */
    void forget(String workerId) {
        asked.remove(workerId);
    }

    /**
     * So long before it is needed a worker should be asked for: the longest recent wait, and 10 s.
     */
    Duration lead() {
        Duration lead = recent.stream().max(Duration::compareTo).orElse(Duration.ZERO).plus(LEAST);
        return lead.compareTo(most) < 0 ? lead : most;
    }
}
