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
     * True if a worker has room for one more task. With a free slot it has. Else only short tasks
     * wait at it, behind short tasks only, and so much expected work that it never waits for the
     * next.
     *
     * @param held how many tasks it holds
     * @param waiting expected seconds of those that wait there, per slot
     * @param task how long the task is expected to take, seconds; infinite if long or unknown
     * @param horizon seconds of work that may wait at a worker, per slot
     */
    boolean hasRoom(WorkerEntry worker, int held, double waiting, double task, double horizon) {
        if (held < worker.slots()) {
            return true;
        }
        return !Double.isInfinite(task)
                && waiting < horizon
                && held < (long) worker.slots() * (1 + rules.prefetchLimit());
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
