package io.scalable.dispatcher.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one worker holds, and how long that is expected to take. */
final class WorkerLoad {

    /** A task takes at least this long with all that belongs to it, seconds. */
    private static final double SHORTEST = 1e-4;

    private final Map<String, Held> held = new LinkedHashMap<>();
    private double seconds;
    private int unbounded;
    private boolean stuck;
    private @Nullable Instant idleSince;
    private @Nullable Instant lastMove;

    /**
     * One task.
     *
     * @param seconds how long it is expected to take; infinite for one that nothing waits behind
     * @param waits true if all slots were taken when it was leased
     */
    private record Held(double seconds, boolean waits) {}

    void add(String taskId, double expected, int slots) {
        var one = new Held(Math.max(SHORTEST, expected), held.size() >= slots);
        held.put(taskId, one);
        count(one, 1);
    }

    void remove(String taskId) {
        Held one = held.remove(taskId);
        if (one != null) {
            count(one, -1);
        }
    }

    /** The tasks, in lease order; a copy. */
    List<String> held() {
        return List.copyOf(held.keySet());
    }

    int size() {
        return held.size();
    }

    /** True if the task was leased while all slots were taken. */
    boolean waitedFor(String taskId) {
        Held one = held.get(taskId);
        return one != null && one.waits;
    }

    /** True if nothing should be added to what it holds, once its slots are taken. */
    boolean full() {
        return stuck || unbounded > 0;
    }

    /** Expected seconds of what is beyond its slots, per slot. */
    double waiting(int slots) {
        if (held.size() <= slots) {
            return full() && held.size() == slots ? Double.POSITIVE_INFINITY : 0;
        }
        return full()
                ? Double.POSITIVE_INFINITY
                : seconds * (held.size() - slots) / held.size() / slots;
    }

    /** Its place among the workers of its pool: below 1 with a free slot, else 1 and what waits. */
    double fill(int slots) {
        return held.size() < slots ? (double) held.size() / slots : 1 + waiting(slots);
    }

    /** True if none of its attempts has begun or ended for so long. */
    boolean overdue(Instant now, Duration time) {
        return lastMove != null && Duration.between(lastMove, now).compareTo(time) > 0;
    }

    /** Nothing more is to wait here until something moves. */
    void stuck() {
        stuck = true;
    }

    /** It was given a task; for one that held nothing, waiting begins. */
    void leased(Instant at) {
        if (held.size() <= 1) {
            moved(at);
        }
    }

    /** One of its attempts began or ended. */
    void moved(Instant at) {
        stuck = false;
        lastMove = lastMove == null || at.isAfter(lastMove) ? at : lastMove;
    }

    /** One of its attempts ended. */
    void ended(Instant at) {
        released(at, true);
    }

    /** It has one task less; {@code ran} is false for one that only waited. */
    void released(Instant at, boolean ran) {
        if (ran) {
            moved(at);
        }
        idleSince = idleSince == null || at.isAfter(idleSince) ? at : idleSince;
    }

    @Nullable Instant idleSince() {
        return idleSince;
    }

    private void count(Held one, int sign) {
        if (Double.isInfinite(one.seconds)) {
            unbounded += sign;
        } else {
            seconds = held.isEmpty() ? 0 : Math.max(0, seconds + sign * one.seconds);
        }
    }
}
