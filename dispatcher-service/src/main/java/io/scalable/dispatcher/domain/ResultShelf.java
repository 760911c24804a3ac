package io.scalable.dispatcher.domain;

import io.scalable.contracts.Payload;
import io.scalable.contracts.deployment.Need;
import io.scalable.contracts.deployment.TaskGroup;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.dispatcher.domain.Row.KeptResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The results that children still need: a child that is known and has not ended, or one that the
 * task graph promises. Results of tasks that are not in the task graph are kept a while longer, the
 * latest submitted ones, since their children may come late.
 */
final class ResultShelf implements TaskIndex {

    private final TaskTable tasks;
    private final TaskGroups groups;
    private final OutcomeBook outcomes;
    private final TaskIds ids;
    private final LateResults undeclared;
    private final Map<String, Map<String, KeptResult>> byName = new LinkedHashMap<>();
    private final Map<String, Integer> wanted = new HashMap<>();

    ResultShelf(
            TaskTable tasks, TaskGroups groups, OutcomeBook outcomes, TaskIds ids, Rules rules) {
        this.tasks = tasks;
        this.groups = groups;
        this.outcomes = outcomes;
        this.ids = ids;
        this.undeclared = new LateResults(rules.resultsKept(), rules.resultBytesKept());
    }

    /** Counts the needs of tasks that have not ended. */
    @Override
    public void moved(@Nullable TaskEntry before, TaskEntry after) {
        int change =
                before == null && !after.over()
                        ? 1
                        : before != null && TaskIndex.ends(before, after) ? -1 : 0;
        SubmitTask spec = change == 0 ? null : tasks.spec(after.taskId());
        if (spec != null) {
            for (String need : Needs.of(spec)) {
                Integer left = wanted.merge(need, change, (a, b) -> a + b == 0 ? null : a + b);
                undeclared.wanted(need, left != null);
            }
        }
    }

    void put(KeptResult result) {
        byName.computeIfAbsent(result.task(), _ -> new LinkedHashMap<>())
                .put(result.taskId(), result);
        if (groups.get(result.task()) == null) {
            undeclared.add(result, wanted.containsKey(result.taskId()));
        }
    }

    void remove(KeptResult result) {
        undeclared.remove(result);
        byName.computeIfPresent(
                result.task(),
                (_, kept) -> kept.remove(result.taskId()) != null && kept.isEmpty() ? null : kept);
    }

    /** The result of a task that succeeded; null if it is kept no longer. */
    @Nullable Payload get(TaskEntry entry) {
        KeptResult kept = kept(entry);
        if (kept != null) {
            return kept.payload();
        }
        return entry.status() instanceof TaskStatus.Ended e ? e.reference() : null;
    }

    /** The row that keeps the task's result; null if none does. */
    @Nullable KeptResult kept(TaskEntry entry) {
        return byName.getOrDefault(entry.task(), Map.of()).get(entry.taskId());
    }

    /** True if the result of a task that ends now should be kept. */
    boolean wants(TaskEntry entry) {
        return groups.get(entry.task()) == null || needed(entry);
    }

    /** True if a child that is known, or promised by the task graph, needs the task. */
    boolean needed(TaskEntry entry) {
        String group = Needs.groupOf(ids, entry);
        return wanted.containsKey(entry.taskId())
                || (group != null && wanted.containsKey(group))
                || promised(entry.task());
    }

    /** True if the tasks of the group are needed, by a known child or a promised one. */
    boolean groupNeeded(String groupNeed) {
        return wanted.containsKey(groupNeed) || promised(Needs.nameOf(groupNeed));
    }

    /** What nobody needs any more, now that {@code child}, a task with these needs, has ended. */
    List<KeptResult> unneededAfter(TaskEntry child, Collection<String> needs) {
        var gone = new ArrayList<KeptResult>();
        for (String need : needs) {
            if (Needs.isGroup(need)) {
                sweep(Needs.nameOf(need), gone);
            } else {
                TaskEntry parent = tasks.get(need);
                KeptResult kept = parent == null ? null : kept(parent);
                if (parent != null && kept != null && !wants(parent)) {
                    gone.add(kept);
                }
            }
        }
        completedParents(child).forEach(name -> sweep(name, gone));
        return gone;
    }

    /** The names that only this task's group needed; none before the group has ended. */
    List<String> completedParents(TaskEntry child) {
        TaskGroup group = groups.get(child.task());
        return group == null || outcomes.progress(group.name()).ended() < group.count()
                ? List.of()
                : group.needs().stream().map(Need::task).distinct().toList();
    }

    /** The result to drop because there are too many that nobody has asked for; null if none. */
    @Nullable KeptResult overflow() {
        return undeclared.overflow();
    }

    /** All results that are kept. */
    List<KeptResult> all() {
        return byName.values().stream().flatMap(kept -> kept.values().stream()).toList();
    }

    private void sweep(String name, List<KeptResult> gone) {
        if (groups.get(name) == null || promised(name)) {
            return;
        }
        for (KeptResult kept : byName.getOrDefault(name, Map.of()).values()) {
            TaskEntry entry = tasks.get(kept.taskId());
            if (entry == null || !needed(entry)) {
                gone.add(kept);
            }
        }
    }

    /** True if the task graph has tasks to come, or to end, that need tasks of this name. */
    private boolean promised(String name) {
        if (!groups.published()) {
            return true;
        }
        for (TaskGroup group : groups.children(name)) {
            if (group.runnable() && outcomes.progress(group.name()).ended() < group.count()) {
                return true;
            }
        }
        return false;
    }
}
