package io.scalable.dispatcher.domain;

import io.scalable.contracts.Payload;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Need;
import io.scalable.contracts.deployment.TaskGroup;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.dispatcher.domain.Row.KeptResult;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The results that somebody still needs: a child that is known and has not ended, or one that the
 * task graph promises, or the results topic, as long as it is not known to have them. Of the others
 * the latest submitted ones are kept, since children may come late and readers may ask again.
 */
final class ResultShelf implements TaskIndex {

    private final TaskTable tasks;
    private final Supplier<@Nullable DeploymentSpec> deployment;
    private final Predicate<String> pending;
    private final int limit;
    private final Map<String, Map<String, KeptResult>> byName = new LinkedHashMap<>();
    private final Map<String, Integer> wanted = new HashMap<>();
    private final TreeMap<Long, KeptResult> spare = new TreeMap<>();

    /**
     * @param pending true for a task whose result is not known to be on its topic
     * @param limit how many results are kept that nobody needs
     */
    ResultShelf(
            TaskTable tasks,
            Supplier<@Nullable DeploymentSpec> deployment,
            Predicate<String> pending,
            int limit) {
        this.tasks = tasks;
        this.deployment = deployment;
        this.pending = pending;
        this.limit = limit;
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
        spare.remove(result.sequence());
        byName.computeIfPresent(
                result.task(),
                (_, kept) -> kept.remove(result.taskId()) != null && kept.isEmpty() ? null : kept);
    }

    /** The result of a task that succeeded; null if it is kept no longer. */
    @Nullable Payload get(TaskEntry entry) {
        KeptResult kept = byName.getOrDefault(entry.task(), Map.of()).get(entry.taskId());
        if (kept != null) {
            return kept.payload();
        }
        return entry.status() instanceof TaskStatus.Ended e ? e.reference() : null;
    }

    /** A task with these needs has ended: some results may not be needed any more. */
    void released(Collection<String> needs) {
        for (String need : needs) {
            if (!Needs.isGroup(need) || !needed(need, Needs.nameOf(need), null)) {
                place(need);
            }
        }
    }

    /** The results to drop, the oldest first, because there are too many that nobody needs. */
    List<KeptResult> overflow() {
        return spare.values().stream().limit(Math.max(0, spare.size() - limit)).toList();
    }

    /** All results that are kept. */
    List<KeptResult> all() {
        return byName.values().stream().flatMap(kept -> kept.values().stream()).toList();
    }

    /** Looks again whether the results that a need names are needed. */
    private void place(String need) {
        if (Needs.isGroup(need)) {
            byName.getOrDefault(Needs.nameOf(need), Map.of()).values().forEach(this::place);
            return;
        }
        TaskEntry parent = tasks.get(need);
        KeptResult kept =
                parent == null
                        ? null
                        : byName.getOrDefault(parent.task(), Map.of()).get(parent.taskId());
        if (kept != null) {
            place(kept);
        }
    }

    private void place(KeptResult kept) {
        TaskEntry entry = tasks.get(kept.taskId());
        String group = entry == null ? null : Needs.groupOf(entry);
        if (pending.test(kept.taskId()) || needed(kept.taskId(), kept.task(), group)) {
            spare.remove(kept.sequence());
        } else {
            spare.put(kept.sequence(), kept);
        }
    }

    private boolean needed(String taskId, String name, @Nullable String group) {
        return wanted.containsKey(taskId)
                || (group != null && wanted.containsKey(group))
                || promised(name);
    }

    /** True if the task graph has tasks to come, or to end, that need tasks of this name. */
    private boolean promised(String name) {
        DeploymentSpec spec = deployment.get();
        if (spec == null) {
            return true;
        }
        for (TaskGroup group : spec.tasks()) {
            for (Need need : group.needs()) {
                if (need.task().equals(name)
                        && group.runnable()
                        && tasks.progress(group.name()).ended() < group.count()) {
                    return true;
                }
            }
        }
        return false;
    }
}
