package io.scalable.simulation;

import io.scalable.contracts.task.TaskEvent.OfTask;
import io.scalable.contracts.task.TaskFold;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.task.TaskState;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whoever folds a task's events comes to the state that its accepted result has. */
final class EventsAgreeWithResults implements Invariant {

    private final Map<String, TaskState> firstEvents = new HashMap<>();

    @Override
    public void appended(World world, Log.Entry record) {
        switch (record.value()) {
            case TaskResult _ when world.ended() -> {
                // Its topic goes with the deployment: nobody reads it any more.
            }
            case TaskResult result ->
                    agree(result.taskId(), result.state(), firstEvents.get(result.taskId()));
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

    private void agree(String taskId, TaskState one, @Nullable TaskState other) {
        if (other != null && one != other) {
            throw broken(taskId + " is told as " + one + " and as " + other);
        }
    }
}
