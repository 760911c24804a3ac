package io.scalable.client.run;

import io.scalable.contracts.task.TaskState;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is left out when only the failed tasks of a run are tried again: tasks that were cancelled,
 * and those that were skipped because they need one. Pure.
 */
final class LeftOut {

    private LeftOut() {}

    /** The ids of those among {@code tasks}, the tasks of a run as it ended. */
    static Set<String> of(Collection<TaskRecord> tasks) {
        var out = new HashSet<String>();
        List<TaskRecord> skipped =
                tasks.stream().filter(t -> t.state() == TaskState.SKIPPED).toList();
        tasks.stream()
                .filter(t -> t.state() == TaskState.CANCELLED)
                .forEach(t -> out.add(t.taskId()));
        boolean more = true;
        while (more) {
            Set<String> names = names(out);
            more =
                    out.addAll(
                            skipped.stream()
                                    .filter(t -> needsOne(t, out, names))
                                    .map(TaskRecord::taskId)
                                    .toList());
        }
        return out;
    }

    private static boolean needsOne(TaskRecord task, Set<String> out, Set<String> names) {
        return task.needs().stream().anyMatch(need -> out.contains(need) || names.contains(need));
    }

    /** What stands for all tasks of a name, of each name that misses one. */
    private static Set<String> names(Set<String> ids) {
        var names = new HashSet<String>();
        ids.forEach(id -> names.add(id.substring(0, id.lastIndexOf('/') + 1) + "*"));
        return names;
    }
}
