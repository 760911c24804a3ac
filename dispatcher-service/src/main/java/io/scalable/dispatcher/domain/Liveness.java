package io.scalable.dispatcher.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How long each worker has been silent, and which of its leases its heartbeats leave out. Silence
 * is counted only where the inputs were read: from one moment up to which all is known to be read
 * to the next. So unread heartbeats are no silence, and neither is the time in which the dispatcher
 * stood still or the broker was away, of which a step counts at most. Not kept in rows: after a
 * restart every worker has its full time again.
 */
final class Liveness {

    /** Longer steps between two looks are not the workers' silence. */
    private static final int STEPS_TO_LOST = 3;

    /** The inputs are up to date if they are read up to less than so long ago. */
    private static final Duration UP_TO_DATE = Duration.ofSeconds(2);

    private final Rules rules;

    /** What {@link #listened} was when the worker's silence began; longest silent first. */
    private final LinkedHashMap<String, Duration> seen = new LinkedHashMap<>();

    /** Heard since everything up to {@link #readTo} was read. */
    private Set<String> heard = new LinkedHashSet<>();

    /**
     * Heard in the round before: only the next moment up to which all is read is surely later than
     * what was heard.
     */
    private Set<String> heardBefore = new LinkedHashSet<>();

    private final Map<String, Map<String, Integer>> missed = new HashMap<>();
    private Duration listened = Duration.ZERO;
    private @Nullable Instant readTo;

    Liveness(Rules rules) {
        this.rules = rules;
    }

    /** The worker gave a sign of life. */
    void seen(String workerId) {
        heard.add(workerId);
    }

    /** The worker is no longer waited for. */
    void forget(String workerId) {
        seen.remove(workerId);
        heard.remove(workerId);
        heardBefore.remove(workerId);
        missed.remove(workerId);
    }

    /** Everything is read that was on the inputs then; the moments come in their order. */
    void readTo(Instant then) {
        if (then.equals(readTo)) {
            return;
        }
        listened = listened.plus(readTo == null ? Duration.ZERO : step(readTo, then));
        readTo = then;
        heardBefore.forEach(workerId -> seen.putLast(workerId, listened));
        heardBefore = heard;
        heard = new LinkedHashSet<>();
    }

    private Duration step(Instant from, Instant to) {
        Duration most = rules.lostAfter().dividedBy(STEPS_TO_LOST);
        Duration step = Duration.between(from, to);
        return step.isNegative() ? Duration.ZERO : step.compareTo(most) > 0 ? most : step;
    }

    /** True unless what is waited for may be on the inputs, unread. */
    boolean upToDate(Instant now) {
        return readTo != null && Duration.between(readTo, now).abs().compareTo(UP_TO_DATE) < 0;
    }

    /** The workers that have been silent for too long. */
    List<String> silent() {
        var silent = new ArrayList<String>();
        for (Map.Entry<String, Duration> worker : seen.entrySet()) {
            if (listened.minus(worker.getValue()).compareTo(rules.lostAfter()) <= 0) {
                break;
            }
            String workerId = worker.getKey();
            if (!heard.contains(workerId) && !heardBefore.contains(workerId)) {
                silent.add(workerId);
            }
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
