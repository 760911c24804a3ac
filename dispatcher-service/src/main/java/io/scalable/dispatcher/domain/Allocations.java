package io.scalable.dispatcher.domain;

import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.dispatcher.domain.TaskStatus.Running;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Tasks against the longest that a worker lives, where that is known. */
final class Allocations {

    private static final String TYPE = "longer than any allocation";

    private Allocations() {}

    /** The longest that a worker of this deployment lives; empty if there is no end. */
    static Optional<Duration> longest(Turn t) {
        var spec = t.state.spec();
        return spec == null ? Optional.empty() : spec.allocation();
    }

    /**
     * Why no worker lives long enough for the task, by what its kind has taken so far or, before
     * the first, by its hint; empty if one may.
     */
    static Optional<Failure> tooShort(Turn t, TaskEntry entry, SubmitTask spec) {
        return longest(t).flatMap(longest -> tooShort(t, entry, spec, longest));
    }

    private static Optional<Failure> tooShort(
            Turn t, TaskEntry entry, SubmitTask spec, Duration longest) {
        DurationStats stats = t.state.durations.of(entry.task());
        Double seconds = stats.count() > 0 ? Double.valueOf(stats.mean()) : spec.expectSeconds();
        double room = seconds(longest.minus(t.rules.walltimeMargin()));
        if (seconds == null || seconds < room) {
            return Optional.empty();
        }
        String basis =
                stats.count() > 0
                        ? "tasks '%s' took %s on average (%d so far)"
                                .formatted(entry.task(), text(seconds), stats.count())
                        : "it is expected to take " + text(seconds);
        return Optional.of(outlives(basis, longest));
    }

    /**
     * The failure of an attempt that had nearly a whole allocation for itself and was not done:
     * another would not be either. Else the failure that it came with.
     */
    static Failure judged(Turn t, TaskEntry entry, Failure failure) {
        Duration longest = longest(t).orElse(null);
        if (longest == null
                || failure.failureClass() != FailureClass.WALLTIME
                || !(entry.status() instanceof Running(var workerId, var since, _))) {
            return failure;
        }
        WorkerEntry worker = t.state.workers.get(workerId);
        Instant end = worker == null ? null : worker.endsAt();
        if (end == null || Duration.between(since, end).compareTo(nearlyAll(longest)) < 0) {
            return failure;
        }
        return outlives("it ran for " + text(seconds(Duration.between(since, t.now))), longest);
    }

    /** True if the failure is one that {@link #judged} made. */
    static boolean isFinal(Failure failure) {
        return failure.failureClass() == FailureClass.WALLTIME && failure.type().equals(TYPE);
    }

    /** What a worker that has just started has left: a task may be given so much at most. */
    static Duration nearlyAll(Duration longest) {
        return longest.multipliedBy(9).dividedBy(10);
    }

    private static Failure outlives(String basis, Duration longest) {
        return new Failure(
                FailureClass.WALLTIME,
                TYPE,
                basis
                        + ", and a worker lives "
                        + text(seconds(longest))
                        + " at most; raise the target's walltime, or make the task shorter",
                null);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static String text(double seconds) {
        return String.format(Locale.ROOT, "%.0f s", seconds);
    }
}
