package io.scalable.dispatcher.domain;

import io.scalable.contracts.task.TaskCommand.SubmitTask;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether a worker may have a task. */
final class LeasePolicy {

    private final Rules rules;

    LeasePolicy(Rules rules) {
        this.rules = rules;
    }

    /**
     * How many tasks of a kind may wait at a worker, per slot: about two round trips of work, so
     * that it never waits for the next one. None while durations are unknown or long.
     */
    int prefetchCredit(DurationStats stats) {
        double below = rules.prefetchBelow().toNanos() / 1e9;
        if (stats.count() == 0 || stats.recent() > below) {
            return 0;
        }
        double roundTrips = 2 * rules.roundTrip().toNanos() / 1e9;
        double credit = Math.ceil(roundTrips / Math.max(stats.recent(), 1e-6));
        return (int) Math.min(credit, rules.prefetchLimit());
    }

    /** True if a worker with {@code load} tasks in hand has room for one more. */
    boolean hasRoom(WorkerEntry worker, int load, DurationStats stats) {
        return load < worker.slots() * (1 + prefetchCredit(stats));
    }

    /**
     * True if the task will most likely end before the worker does. A worker that has just started
     * is never too short-lived for a task that takes less on average.
     *
     * @param longest the longest that a worker lives; empty if there is no end
     */
    boolean fits(
            WorkerEntry worker,
            DurationStats stats,
            SubmitTask spec,
            Optional<Duration> longest,
            Instant now) {
        Instant end = worker.endsAt();
        if (end == null) {
            return true;
        }
        Double hint = spec.expectSeconds();
        double seconds = stats.count() > 0 ? stats.p95Seconds() : hint == null ? 0 : hint;
        Duration needed = Duration.ofMillis((long) (seconds * 1000)).plus(rules.walltimeMargin());
        Duration most = longest.map(Allocations::nearlyAll).orElse(needed);
        return now.plus(needed.compareTo(most) < 0 ? needed : most).isBefore(end);
    }
}
