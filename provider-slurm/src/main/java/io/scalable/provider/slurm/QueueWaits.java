package io.scalable.provider.slurm;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/** How long workers lately took from submission to ready. Pure; not thread-safe. */
final class QueueWaits {

    /** Before anything is known; also what is added for good measure. */
    private static final Duration LEAST = Duration.ofSeconds(10);

    private static final int REMEMBERED = 20;

    private final Map<String, Instant> submitted = new HashMap<>();
    private final ArrayDeque<Duration> recent = new ArrayDeque<>();

    void submitted(String workerId, Instant at) {
        submitted.put(workerId, at);
    }

    void ready(String workerId, Instant at) {
        Instant since = submitted.remove(workerId);
        if (since != null) {
            recent.addLast(Duration.between(since, at));
            if (recent.size() > REMEMBERED) {
                recent.removeFirst();
            }
        }
    }

    /**
     * So long before it is needed a worker should be asked for: the longest recent wait, and 10 s.
     */
    Duration lead() {
        return recent.stream().max(Duration::compareTo).orElse(Duration.ZERO).plus(LEAST);
    }
}
