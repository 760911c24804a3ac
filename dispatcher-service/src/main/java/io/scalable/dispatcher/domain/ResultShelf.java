package io.scalable.dispatcher.domain;

import io.scalable.contracts.Payload;
import io.scalable.contracts.deployment.DeploymentSpec;
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
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The results that children still need: a child that is known and has not ended, or one that the
 * task graph promises. Results of tasks that are not in the task graph are kept a while longer, the
 * latest submitted ones, since their children may come late.
 */
final class ResultShelf implements TaskIndex {

    private final TaskTable tasks;
    private final Supplier<@Nullable DeploymentSpec> deployment;
    private final int limit;
    private final Map<String, Map<String, KeptResult>> byName = new LinkedHashMap<>();
    private final Map<String, Integer> wanted = new HashMap<>();
    private final TreeMap<Long, KeptResult> undeclared = new TreeMap<>();

    ResultShelf(TaskTable tasks, Supplier<@Nullable DeploymentSpec> deployment, int limit) {
        this.tasks = tasks;
        this.deployment = deployment;
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
                wanted.merge(need, change, (a, b) -> a + b == 0 ? null : a + b);
            }
        }
    }

    void put(KeptResult result) {
        byName.computeIfAbsent(result.task(), _ -> new LinkedHashMap<>())
                .put(result.taskId(), result);
        if (!declared(result.task())) {
            undeclared.put(result.sequence(), result);
        }
    }

    void remove(KeptResult result) {
        undeclared.remove(result.sequence());
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

    /** True if the result of a task that ends now should be kept. */
    boolean wants(TaskEntry entry) {
        return !declared(entry.task())
                || needed(entry.taskId(), entry.task(), Needs.groupOf(entry));
    }

    /** What nobody needs any more, now that a task with these needs has ended. */
    List<KeptResult> unneededAfter(Collection<String> needs) {
        var gone = new ArrayList<KeptResult>();
        for (String need : needs) {
            if (Needs.isGroup(need)) {
                sweep(Needs.nameOf(need), need, gone);
            } else {
                TaskEntry parent = tasks.get(need);
                if (parent != null) {
                    drop(parent, gone);
                }
            }
        }
        return gone;
    }

    /** The result to drop because there are too many that nobody has asked for; null if none. */
    @Nullable KeptResult overflow() {
        if (undeclared.size() <= limit) {
            return null;
        }
        KeptResult oldest = undeclared.firstEntry().getValue();
        return wanted.containsKey(oldest.taskId()) ? null : oldest;
    }

    /** All results that are kept. */
    List<KeptResult> all() {
        return byName.values().stream().flatMap(kept -> kept.values().stream()).toList();
    }

    private void sweep(String name, String group, List<KeptResult> gone) {
        if (declared(name) && !wanted.containsKey(group) && !promised(name)) {
            for (KeptResult kept : byName.getOrDefault(name, Map.of()).values()) {
                if (!wanted.containsKey(kept.taskId())) {
                    gone.add(kept);
                }
            }
        }
    }

    private void drop(TaskEntry parent, List<KeptResult> gone) {
        KeptResult kept = byName.getOrDefault(parent.task(), Map.of()).get(parent.taskId());
        if (kept != null
                && declared(parent.task())
                && !needed(parent.taskId(), parent.task(), Needs.groupOf(parent))) {
            gone.add(kept);
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

    private boolean declared(String name) {
        DeploymentSpec spec = deployment.get();
        return spec != null && spec.task(name).isPresent();
    }
}
