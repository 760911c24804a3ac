package io.scalable.dispatcher.domain;

import io.scalable.contracts.Payload;
import io.scalable.contracts.deployment.Need;
import io.scalable.contracts.deployment.TaskGroup;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.dispatcher.domain.Row.KeptResult;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The results that somebody still needs: a child that is known and has not ended, or one that the
 * task graph promises, or the results topic, as long as it is not known to have them. Of the others
 * the latest submitted ones are kept, since children may come late and readers may ask again.
 */
final class ResultShelf implements TaskIndex {

    private final TaskTable tasks;
    private final TaskGroups groups;
    private final OutcomeBook outcomes;
    private final TaskIds ids;
    private final Predicate<String> pending;
    private final SpareResults spare;
    private final Map<String, Map<String, KeptResult>> byName = new LinkedHashMap<>();
    private final Map<String, Integer> wanted = new HashMap<>();

    /**
     * @param pending true for a task whose result is not known to be on its topic
     * @param rules how many results are kept that nobody needs, and how large ones
     */
    ResultShelf(
            TaskTable tasks,
            TaskGroups groups,
            OutcomeBook outcomes,
            TaskIds ids,
            Predicate<String> pending,
            Rules rules) {
        this.tasks = tasks;
        this.groups = groups;
        this.outcomes = outcomes;
        this.ids = ids;
        this.pending = pending;
        this.spare = new SpareResults(rules.resultsKept(), rules.resultBytesKept());
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
                boolean wasWanted = wanted.containsKey(need);
                wanted.merge(need, change, (a, b) -> a + b == 0 ? null : a + b);
                if (wasWanted != wanted.containsKey(need)) {
                    place(need);
                }
            }
        }
    }

    void put(KeptResult result) {
        byName.computeIfAbsent(result.task(), _ -> new LinkedHashMap<>())
                .put(result.taskId(), result);
        place(result);
    }

    /** The task's result is on its topic. */
    void written(String taskId) {
        place(taskId);
    }

    void remove(KeptResult result) {
        spare.remove(result);
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

    /** {@code child}, a task with these needs, has ended: some results may not be needed now. */
    void released(TaskEntry child, Collection<String> needs) {
        for (String need : needs) {
            if (!Needs.isGroup(need) || !groupNeeded(need)) {
                place(need);
            }
        }
        completedParents(child).forEach(this::placeAll);
    }

    /** The names that this task's group needed; none before the whole group has ended. */
    List<String> completedParents(TaskEntry child) {
        TaskGroup group = groups.get(child.task());
        return group == null || outcomes.progress(group.name()).ended() < group.count()
                ? List.of()
                : group.needs().stream().map(Need::task).distinct().toList();
    }

    /** The results to drop, the oldest first, because there are too many that nobody needs. */
    List<KeptResult> overflow() {
        return spare.overflow();
    }

    /** All results that are kept. */
    List<KeptResult> all() {
        return byName.values().stream().flatMap(kept -> kept.values().stream()).toList();
    }

    /** Looks again whether the results that a need names are needed. */
    private void place(String need) {
        if (Needs.isGroup(need)) {
            placeAll(Needs.nameOf(need));
            return;
        }
        TaskEntry parent = tasks.get(need);
        KeptResult kept = parent == null ? null : kept(parent);
        if (kept != null) {
            place(kept);
        }
    }

    private void placeAll(String name) {
        byName.getOrDefault(name, Map.of()).values().forEach(this::place);
    }

    private void place(KeptResult kept) {
        TaskEntry entry = tasks.get(kept.taskId());
        if (entry == null || pending.test(kept.taskId()) || needed(entry)) {
            spare.remove(kept);
        } else {
            spare.put(kept);
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
