package io.scalable.dispatcher.domain;

import io.scalable.contracts.task.TaskCommand.SubmitTask;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long the submitters of tasks that have not ended expect them to take, by name. */
final class DurationHints implements TaskIndex {

    private final TaskTable tasks;
    private final Map<String, Sum> names = new HashMap<>();

    /** The hints of one name. */
    private record Sum(int count, double seconds) {}

    DurationHints(TaskTable tasks) {
        this.tasks = tasks;
    }

    @Override
    public void moved(@Nullable TaskEntry before, TaskEntry after) {
        boolean comes = before == null && !after.over();
        if (comes || TaskIndex.ends(before, after)) {
            SubmitTask spec = tasks.spec(after.taskId());
            Double hint = spec == null ? null : spec.expectSeconds();
            if (hint != null) {
                count(after.task(), comes ? 1 : -1, hint);
            }
        }
    }

    /** The mean of a name's hints, seconds; null if there are none. */
    @Nullable Double mean(String task) {
        Sum sum = names.get(task);
        return sum == null ? null : Double.valueOf(sum.seconds / sum.count);
    }

    private void count(String task, int sign, double hint) {
        Sum one = new Sum(sign, sign * hint);
        names.merge(
                task,
                one,
                (a, b) ->
                        a.count + b.count <= 0
                                ? null
                                : new Sum(a.count + b.count, a.seconds + b.seconds));
    }
}
