package io.scalable.dispatcher.domain;

import io.scalable.contracts.deployment.TaskGroup;
import io.scalable.contracts.task.TaskState;
import io.scalable.dispatcher.domain.TaskStatus.Blocked;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which blocked task waits for what. A need is a task's id, or {@code <deployment>/<task>/*} for
 * all tasks of a name, as many as the task graph says. Work per move is in the number of edges that
 * it removes.
 */
final class DependencyGraph implements TaskIndex {

    private final TaskTable tasks;
    private final TaskGroups groups;
    private final OutcomeBook outcomes;
    private final TaskIds ids;
    private final Set<String> absent = new LinkedHashSet<>();
    private final Map<String, Set<String>> waiting = new HashMap<>();
    private final Map<String, Integer> missing = new HashMap<>();
    private final List<String> freed = new ArrayList<>();

    /** Blocked tasks that wait only for the results of their parents to be written. */
    private final Set<String> held = new LinkedHashSet<>();

    DependencyGraph(TaskTable tasks, TaskGroups groups, OutcomeBook outcomes, TaskIds ids) {
        this.tasks = tasks;
        this.groups = groups;
        this.outcomes = outcomes;
        this.ids = ids;
    }

    @Override
    public void moved(@Nullable TaskEntry before, TaskEntry after) {
        if (before == null) {
            absent.remove(after.taskId());
        }
        boolean was = before != null && before.status() instanceof Blocked;
        boolean is = after.status() instanceof Blocked;
        if (is && !was) {
            block(after);
        } else if (was && !is) {
            unblock(after);
        }
        if (TaskIndex.ends(before, after) && after.state() == TaskState.SUCCEEDED) {
            release(after.taskId());
            String group = Needs.groupOf(ids, after);
            if (group != null && satisfied(group)) {
                release(group);
            }
        }
    }

    /** True if nothing is left to wait for. */
    boolean satisfied(String need) {
        if (Needs.isGroup(need)) {
            TaskGroup group = declared(need);
            return group != null
                    && group.runnable()
                    && outcomes.progress(group.name()).succeeded() >= group.count();
        }
        return outcome(need) == TaskState.SUCCEEDED;
    }

    /**
     * What keeps the need from ever being satisfied: the id of a task that ended otherwise, or the
     * need itself if its tasks are never submitted; null if it may still be.
     */
    @Nullable String hopeless(String need) {
        if (Needs.isGroup(need)) {
            TaskGroup group = declared(need);
            return group == null || !group.runnable()
                    ? need
                    : outcomes.progress(group.name()).unsuccessful();
        }
        TaskState outcome = outcome(need);
        return outcome != null && outcome != TaskState.SUCCEEDED ? need : null;
    }

    /** How a task ended; null if it has not, or is not known. */
    private @Nullable TaskState outcome(String taskId) {
        TaskEntry entry = tasks.get(taskId);
        if (entry == null) {
            return outcomes.of(taskId);
        }
        return entry.over() ? entry.state() : null;
    }

    /** A task that others wait for and that nobody has submitted, and how many wait. */
    record Absent(String need, int waiting) {}

    /** The first of the tasks that are waited for and were never submitted. */
    List<Absent> absent(int most) {
        return absent.stream()
                .limit(most)
                .map(need -> new Absent(need, waiting.getOrDefault(need, Set.of()).size()))
                .toList();
    }

    /** The blocked tasks that wait for this task or for its whole group. */
    Collection<String> dependents(TaskEntry parent) {
        var all = new LinkedHashSet<>(waiting.getOrDefault(parent.taskId(), Set.of()));
        String group = Needs.groupOf(ids, parent);
        if (group != null) {
            all.addAll(waiting.getOrDefault(group, Set.of()));
        }
        return all;
    }

    /** True if a blocked task waits for this task, or for this group. */
    boolean awaited(String need) {
        return waiting.containsKey(need);
    }

    /** The blocked tasks whose last need was satisfied since the call before. */
    List<String> takeFreed() {
        List<String> taken = List.copyOf(freed);
        freed.clear();
        return taken;
    }

    /** The task, freed, must wait until {@link #releaseHeld}. */
    void hold(String taskId) {
        held.add(taskId);
    }

    /** Results have been written: what was held is freed once more. */
    void releaseHeld() {
        freed.addAll(held);
        held.clear();
    }

    private void block(TaskEntry child) {
        int count = 0;
        for (String need : Needs.of(tasks.openSpec(child))) {
            if (!satisfied(need)) {
                waiting.computeIfAbsent(need, _ -> new LinkedHashSet<>()).add(child.taskId());
                if (!Needs.isGroup(need) && tasks.get(need) == null) {
                    absent.add(need);
                }
                count++;
            }
        }
        missing.put(child.taskId(), count);
        if (count == 0) {
            freed.add(child.taskId());
        }
    }

    private void unblock(TaskEntry child) {
        missing.remove(child.taskId());
        held.remove(child.taskId());
        var spec = tasks.spec(child.taskId());
        if (spec != null) {
            for (String need : Needs.of(spec)) {
                waiting.computeIfPresent(
                        need, (_, w) -> w.remove(child.taskId()) && w.isEmpty() ? null : w);
                if (!waiting.containsKey(need)) {
                    absent.remove(need);
                }
            }
        }
    }

    private void release(String need) {
        Set<String> children = waiting.remove(need);
        if (children != null) {
            for (String child : children) {
                if (missing.merge(child, -1, Integer::sum) == 0) {
                    freed.add(child);
                }
            }
        }
    }

    private @Nullable TaskGroup declared(String groupNeed) {
        return groups.get(Needs.nameOf(groupNeed));
    }
}
