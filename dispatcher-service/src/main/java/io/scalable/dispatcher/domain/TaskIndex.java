package io.scalable.dispatcher.domain;

import org.jspecify.annotations.Nullable;

/** Something that the tasks' entries give, kept up to date move by move. */
interface TaskIndex {

    /**
     * A task has a new entry.
     *
     * @param before its last one; null for a task never seen
     */
    void moved(@Nullable TaskEntry before, TaskEntry after);

    /** True if the task ends with this move. */
    static boolean ends(@Nullable TaskEntry before, TaskEntry after) {
        return after.over() && (before == null || !before.over());
    }
}
