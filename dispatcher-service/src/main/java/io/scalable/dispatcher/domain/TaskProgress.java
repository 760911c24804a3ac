package io.scalable.dispatcher.domain;

import io.scalable.contracts.task.TaskState;
import org.jspecify.annotations.Nullable;

/** How far the tasks of one group are: those whose ids and indexes are the group's. */
final class TaskProgress {

    private int limit = Integer.MAX_VALUE;
    private int succeeded;
    private int ended;
    private @Nullable String unsuccessful;

    /** Counts anew, with the indexes below {@code count} only. */
    void limit(int count) {
        limit = count;
        succeeded = 0;
        ended = 0;
        unsuccessful = null;
    }

    void count(TaskIds ids, String task, int index, TaskState outcome) {
        if (index >= limit) {
            return;
        }
        ended++;
        if (outcome == TaskState.SUCCEEDED) {
            succeeded++;
        } else if (unsuccessful == null) {
            unsuccessful = ids.of(task, index);
        }
    }

    /** Tasks that ended well. */
    int succeeded() {
        return succeeded;
    }

    /** Tasks that ended, however. */
    int ended() {
        return ended;
    }

    /** One that ended otherwise; null if none did. */
    @Nullable String unsuccessful() {
        return unsuccessful;
    }
}
