package io.scalable.dispatcher.domain;

import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.task.TaskState;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every task of the deployment, with its spec until it ends, and how far each name has come. */
final class TaskTable {

    private final Map<String, TaskEntry> entries = new LinkedHashMap<>();
    private final Map<String, SubmitTask> specs = new HashMap<>();
    private final Map<String, Progress> progress = new HashMap<>();
    private long nextSequence;

    /** How far the tasks of one name are. */
    static final class Progress {
        private int succeeded;
        private int ended;
        private @Nullable String unsuccessful;

        /** Tasks with an index below the group's count that ended well. */
        int succeeded() {
            return succeeded;
        }

        /** Tasks that ended, however. */
        int ended() {
            return ended;
        }

        /** The first that ended otherwise; null if none did. */
        @Nullable String unsuccessful() {
            return unsuccessful;
        }
    }

    /** Replaces a task's entry and returns the last one; null for a new task. */
    @Nullable TaskEntry put(TaskEntry next) {
        TaskEntry before = entries.put(next.taskId(), next);
        nextSequence = Math.max(nextSequence, next.sequence() + 1);
        if (TaskIndex.ends(before, next)) {
            Progress of = progress.computeIfAbsent(next.task(), _ -> new Progress());
            of.ended++;
            if (next.state() == TaskState.SUCCEEDED) {
                of.succeeded++;
            } else if (of.unsuccessful == null) {
                of.unsuccessful = next.taskId();
            }
        }
        return before;
    }

    void putSpec(SubmitTask spec) {
        specs.put(spec.taskId(), spec);
    }

    void dropSpec(String taskId) {
        specs.remove(taskId);
    }

    @Nullable TaskEntry get(String taskId) {
        return entries.get(taskId);
    }

    /** The spec of a task that has not ended; null for others. */
    @Nullable SubmitTask spec(String taskId) {
        return specs.get(taskId);
    }

    /** The spec of a task that has not ended. */
    SubmitTask openSpec(TaskEntry entry) {
        SubmitTask spec = specs.get(entry.taskId());
        if (spec == null) {
            throw new IllegalStateException("task " + entry.taskId() + " has no spec");
        }
        return spec;
    }

    /** How far the tasks of {@code name} are. */
    Progress progress(String name) {
        return progress.computeIfAbsent(name, _ -> new Progress());
    }

    Collection<TaskEntry> all() {
        return entries.values();
    }

    Collection<SubmitTask> specs() {
        return specs.values();
    }

    /** The place in submit order of the next new task. */
    long nextSequence() {
        return nextSequence;
    }
}
