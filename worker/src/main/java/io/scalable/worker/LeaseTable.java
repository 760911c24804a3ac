package io.scalable.worker;

import io.scalable.contracts.worker.WorkerReport.HeldAttempt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The attempts that the worker holds: those that wait, in the order they came, and those that run;
 * at most one per task. Operations that take an attempt away from under its runner hand it back, so
 * that the caller stops it. Thread-safe; no operation but {@link #take} waits.
 */
final class LeaseTable {

    /** Ended tasks that are remembered, so that a lease delivered twice runs once. */
    private static final int REMEMBERED = 4096;

    private final Map<String, Attempt> held = new LinkedHashMap<>();
    private final LinkedHashSet<Attempt> waiting = new LinkedHashSet<>();
    private final Map<String, Integer> ended =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
                    return size() > REMEMBERED;
                }
            };
    private boolean draining;
    private boolean closed;

    /**
     * Takes an attempt in, unless the table drains or knows the attempt, or a newer one, already.
     *
     * @return the older attempt of the same task that it replaces
     */
    synchronized Optional<Attempt> grant(Attempt attempt) {
        Attempt other = held.get(attempt.taskId());
        boolean known =
                other != null && other.attempt() >= attempt.attempt()
                        || ended.getOrDefault(attempt.taskId(), 0) >= attempt.attempt();
        if (draining || closed || known) {
            return Optional.empty();
        }
        held.put(attempt.taskId(), attempt);
        if (other != null) {
            waiting.remove(other);
        }
        waiting.add(attempt);
        notify();
        return Optional.ofNullable(other);
    }

    /** Drops an attempt; empty if it is not held. */
    synchronized Optional<Attempt> revoke(AttemptKey key) {
        Attempt attempt = held.get(key.taskId());
        if (attempt == null || attempt.attempt() != key.attempt()) {
            return Optional.empty();
        }
        held.remove(key.taskId());
        waiting.remove(attempt);
        return Optional.of(attempt);
    }

    /**
     * The next attempt, begun by the current thread; waits for one.
     *
     * @return null once the table is closed
     */
    synchronized @Nullable Attempt take() throws InterruptedException {
        while (!closed) {
            while (!waiting.isEmpty()) {
                Attempt next = waiting.removeFirst();
                if (next.begin()) {
                    return next;
                }
            }
            wait();
        }
        return null;
    }

    /** Forgets an attempt whose end was sent. */
    synchronized void ended(Attempt attempt) {
        held.remove(attempt.taskId(), attempt);
        ended.merge(attempt.taskId(), attempt.attempt(), Math::max);
    }

    /** Takes no further attempt and drops those that wait. */
    synchronized void drain() {
        draining = true;
        waiting.forEach(attempt -> held.remove(attempt.taskId(), attempt));
        waiting.clear();
    }

    /** Drops everything for good and wakes whoever waits in {@link #take}. */
    synchronized List<Attempt> close() {
        draining = true;
        closed = true;
        var dropped = new ArrayList<>(held.values());
        held.clear();
        waiting.clear();
        notifyAll();
        return dropped;
    }

    synchronized boolean draining() {
        return draining;
    }

    /** True once it drains and holds nothing any more. */
    synchronized boolean drained() {
        return draining && held.isEmpty();
    }

    /** The attempts that run. */
    synchronized List<Attempt> running() {
        return held.values().stream().filter(Attempt::running).toList();
    }

    /** What a heartbeat says. */
    synchronized List<HeldAttempt> held() {
        var out = new ArrayList<HeldAttempt>(held.size());
        for (Attempt attempt : held.values()) {
            out.add(
                    new HeldAttempt(
                            attempt.taskId(),
                            attempt.attempt(),
                            attempt.running(),
                            attempt.lease().deploymentCreatedAt()));
        }
        return out;
    }
}
