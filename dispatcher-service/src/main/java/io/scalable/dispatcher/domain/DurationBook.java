package io.scalable.dispatcher.domain;

import io.scalable.contracts.task.TaskState;
import io.scalable.dispatcher.domain.TaskStatus.Ended;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long the tasks of each name take, from those that succeeded. */
final class DurationBook implements TaskIndex {

    private final Map<String, DurationStats> names = new HashMap<>();

    @Override
    public void moved(@Nullable TaskEntry before, TaskEntry after) {
        if (after.status() instanceof Ended e
                && e.outcome() == TaskState.SUCCEEDED
                && e.durationSeconds() != null
                && TaskIndex.ends(before, after)) {
            names.put(after.task(), of(after.task()).after(e.durationSeconds()));
        }
    }

    /** What is known of the tasks of a name. */
    DurationStats of(String task) {
        return names.getOrDefault(task, DurationStats.none());
    }
}
