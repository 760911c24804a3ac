package io.scalable.contracts.deployment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node of the compact task graph: one named task of the manifest and how many tasks it expands
 * to.
 *
 * @param name the task's name in the manifest
 * @param component the component whose workers run it
 * @param count how many tasks it expands to; 0 or more
 * @param needs the tasks it waits for
 * @param expectSeconds the user's hint of one task's duration, seconds; null without a hint
 * @param runnable false for a task with neither handler nor command: planned, never submitted
 */
public record TaskGroup(
        String name,
        String component,
        int count,
        List<Need> needs,
        @Nullable Double expectSeconds,
        boolean runnable) {
    public TaskGroup {
        needs = List.copyOf(needs);
    }

    /** The same node expanding to another number of tasks. */
    public TaskGroup withCount(int other) {
        return new TaskGroup(name, component, other, needs, expectSeconds, runnable);
    }
}
