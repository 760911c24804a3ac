package io.scalable.simulation;

import io.scalable.contracts.task.TaskEvent.OfTask;
import io.scalable.contracts.task.TaskFold;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.task.TaskState;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A task ends once: however often its result and its terminal event are written, they say the same.
 */
final class OneAcceptedResult implements Invariant {

    private final Map<String, TaskState> firstEvents = new HashMap<>();

    @Override
    public void appended(World world, Log.Entry record) {
        switch (record.value()) {
            case TaskResult result -> {
                TaskResult first = world.accepted(result.taskId());
                boolean same =
                        first == null
                                || first.state() == result.state()
                                        && (keptNoLonger(result)
                                                || Objects.equals(first.result(), result.result()));
                if (!same) {
                    throw broken(first + " and then " + result);
                }
                agree(result.taskId(), result.state(), firstEvents.get(result.taskId()));
            }
            case OfTask event -> {
                TaskState state = TaskFold.after(null, event).state();
                if (state.terminal()) {
                    firstEvents.putIfAbsent(event.taskId(), state);
                    TaskResult result = world.accepted(event.taskId());
                    agree(event.taskId(), state, result == null ? null : result.state());
                }
            }
            case null, default -> {}
        }
    }

    /** An answer to who asks late: that it succeeded is known, with what is not. */
    private static boolean keptNoLonger(TaskResult result) {
        return result.state() == TaskState.SUCCEEDED && result.result() == null;
    }

    private void agree(String taskId, TaskState one, @Nullable TaskState other) {
        if (other != null && one != other) {
            throw broken(taskId + " is told as " + one + " and as " + other);
        }
    }
}
