package io.scalable.dispatcher.domain;

import io.scalable.contracts.task.TaskCommand.SubmitTask;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every task of the deployment that is kept whole, with its spec until it ends. */
final class TaskTable {

    private final Map<String, TaskEntry> entries = new LinkedHashMap<>();
    private final Map<String, SubmitTask> specs = new HashMap<>();
    private long nextSequence;

    /** Replaces a task's entry and returns the last one; null for a new task. */
    @Nullable TaskEntry put(TaskEntry next) {
        TaskEntry before = entries.put(next.taskId(), next);
        used(next.sequence());
        return before;
    }

    /** Forgets a task that has ended. */
    void remove(TaskEntry entry) {
        entries.remove(entry.taskId());
    }

    /** The place in submit order is taken. */
    void used(long sequence) {
        nextSequence = Math.max(nextSequence, sequence + 1);
    }

    void putSpec(SubmitTask spec) {
        specs.put(spec.taskId(), spec);
    }

    /** How many tasks have not ended. */
    int open() {
        return specs.size();
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
