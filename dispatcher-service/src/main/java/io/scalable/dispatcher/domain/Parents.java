package io.scalable.dispatcher.domain;

import io.scalable.contracts.Payload;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.TaskGroup;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.worker.Assignment.ParentResults;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The results that a task is handed: by name in the order of its needs, within a name by item. */
final class Parents {

    /** All results that one child gathers inline should not be larger together. */
    private static final int GATHERED_INLINE_BYTES = 32 * 1024 * 1024;

    /** A reference takes some room itself, and a file: smaller results are not worth one. */
    private static final int LEAST_INLINE_BYTES = 4 * 1024;

    private Parents() {}

    /** What a lease carries; every parent has succeeded and its result is kept. */
    static List<ParentResults> results(DeploymentState state, SubmitTask child) {
        if (child.needs().isEmpty()) {
            return List.of();
        }
        var byName = new LinkedHashMap<String, List<TaskEntry>>();
        for (TaskEntry parent : of(state, child)) {
            byName.computeIfAbsent(parent.task(), _ -> new ArrayList<>()).add(parent);
        }
        // A name without tasks has results all the same: none.
        Needs.of(child).stream()
                .filter(Needs::isGroup)
                .forEach(need -> byName.putIfAbsent(Needs.nameOf(need), new ArrayList<>()));
        var all = new ArrayList<ParentResults>();
        for (Map.Entry<String, List<TaskEntry>> name : byName.entrySet()) {
            name.getValue().sort(Comparator.comparingInt(TaskEntry::index));
            List<Payload> results =
                    name.getValue().stream()
                            .map(
                                    p ->
                                            Optional.ofNullable(state.shelf.get(p))
                                                    .orElse(Payload.none()))
                            .toList();
            all.add(new ParentResults(name.getKey(), results));
        }
        return all;
    }

    /**
     * How large a result of the task may be to travel inline, bytes: less where many of its name
     * will come together at one child; null for the usual limit.
     */
    static @Nullable Integer inlineBytes(DeploymentState state, TaskEntry entry) {
        DeploymentSpec spec = state.spec();
        if (spec == null) {
            return null;
        }
        int count = spec.task(entry.task()).map(TaskGroup::count).orElse(0);
        if (count <= GATHERED_INLINE_BYTES / Payload.INLINE_LIMIT_BYTES
                || spec.tasks().stream()
                        .flatMap(group -> group.needs().stream())
                        .noneMatch(need -> need.task().equals(entry.task()))) {
            return null;
        }
        return Math.max(LEAST_INLINE_BYTES, GATHERED_INLINE_BYTES / count);
    }

    /** The id of the first parent whose result is kept no longer. */
    static Optional<String> withoutResult(DeploymentState state, SubmitTask child) {
        return ids(state, child).stream()
                .filter(
                        id -> {
                            TaskEntry parent = state.tasks.get(id);
                            return parent == null || state.shelf.get(parent) == null;
                        })
                .findFirst();
    }

    private static List<TaskEntry> of(DeploymentState state, SubmitTask child) {
        return ids(state, child).stream()
                .map(state.tasks::get)
                .flatMap(Stream::ofNullable)
                .toList();
    }

    private static List<String> ids(DeploymentState state, SubmitTask child) {
        var ids = new ArrayList<String>();
        for (String need : Needs.of(child)) {
            if (Needs.isGroup(need)) {
                String name = Needs.nameOf(need);
                TaskGroup group = state.groups.get(name);
                int count = group == null ? 0 : group.count();
                for (int index = 0; index < count; index++) {
                    ids.add(state.ids.of(name, index));
                }
            } else {
                ids.add(need);
            }
        }
        return ids;
    }
}
