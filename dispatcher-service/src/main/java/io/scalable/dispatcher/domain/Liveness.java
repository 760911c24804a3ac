package io.scalable.dispatcher.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When each worker was last heard, and which of its leases its heartbeats leave out. Not kept in
 * rows: after a restart every worker has its full time again.
 */
final class Liveness {

    private final Rules rules;
    private final LinkedHashMap<String, Instant> seen = new LinkedHashMap<>();
    private final Map<String, Map<String, Integer>> missed = new HashMap<>();
    private @Nullable Instant lastLook;

    Liveness(Rules rules) {
        this.rules = rules;
    }

    /** The worker gave a sign of life. */
    void seen(String workerId, Instant now) {
        seen.putLast(workerId, now);
    }

    /** The worker is no longer waited for. */
    void forget(String workerId) {
        seen.remove(workerId);
        missed.remove(workerId);
    }

    /**
     * The workers that have been silent for too long. Whoever did not look for a while was busy or
     * asleep itself, with heartbeats unread: then everybody gets the full time again.
     */
    List<String> silent(Instant now) {
        Duration gap = lastLook == null ? Duration.ZERO : Duration.between(lastLook, now);
        lastLook = now;
        if (gap.compareTo(rules.lostAfter().dividedBy(2)) > 0) {
            seen.replaceAll((_, _) -> now);
        }
        var silent = new ArrayList<String>();
        for (Map.Entry<String, Instant> worker : seen.entrySet()) {
            if (Duration.between(worker.getValue(), now).compareTo(rules.lostAfter()) <= 0) {
                break;
            }
            silent.add(worker.getKey());
        }
        return silent;
    }

    /**
     * Counts a heartbeat that leaves out some of the worker's leases.
     *
     * @return how often in a row it has left out each
     */
    Map<String, Integer> leftOut(String workerId, List<String> leases) {
        Map<String, Integer> before = missed.getOrDefault(workerId, Map.of());
        var counts = new HashMap<String, Integer>();
        for (String lease : leases) {
            counts.put(lease, before.getOrDefault(lease, 0) + 1);
        }
        missed.put(workerId, counts);
        return counts;
    }
}
