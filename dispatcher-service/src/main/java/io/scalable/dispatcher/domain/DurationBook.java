package io.scalable.dispatcher.domain;

import io.scalable.contracts.task.TaskState;
import io.scalable.dispatcher.domain.TaskStatus.Ended;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long the tasks of each name take, from those that succeeded. */
final class DurationBook implements TaskIndex {

    private final Map<String, DurationStats> names = new HashMap<>();
    private final double longFrom;

    /**
     * @param longFrom a task is long from here on, seconds
     */
    DurationBook(double longFrom) {
        this.longFrom = longFrom;
    }

    @Override
    public void moved(@Nullable TaskEntry before, TaskEntry after) {
        if (after.status() instanceof Ended e
                && e.outcome() == TaskState.SUCCEEDED
                && e.durationSeconds() != null
                && TaskIndex.ends(before, after)) {
            names.put(after.task(), of(after.task()).after(e.durationSeconds()));
        }
    }

    /** Takes what was known of tasks that are not kept whole any more. */
    void restore(String task, DurationStats earlier) {
        names.put(task, earlier.plus(of(task)));
    }

    /** Forgets what is known of a name. */
    void forget(String task) {
        names.remove(task);
    }

    /** What is known of the tasks of a name. */
    DurationStats of(String task) {
        return names.getOrDefault(task, DurationStats.none());
    }

    /** How long the next task of a name will take, seconds; infinite if long or not known. */
    double expected(String task) {
        DurationStats stats = of(task);
        boolean isShort = stats.count() > 0 && stats.recent() <= longFrom;
        return isShort ? stats.recent() : Double.POSITIVE_INFINITY;
    }
}
