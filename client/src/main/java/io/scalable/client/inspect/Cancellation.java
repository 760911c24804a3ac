package io.scalable.client.inspect;

import io.scalable.contracts.task.TaskCommand;
import io.scalable.contracts.task.TaskCommand.CancelAll;
import io.scalable.contracts.task.TaskCommand.CancelTask;
import java.util.List;

/**
 * Which tasks of a deployment are to be stopped.
 *
 * @param taskIds the tasks; empty for all that have not ended
 * @param running where all are meant: whether those that run are stopped, too
 * @param reason why, for the reports
 */
public record Cancellation(List<String> taskIds, boolean running, String reason) {

    public Cancellation {
        taskIds = List.copyOf(taskIds);
    }

    List<? extends TaskCommand> commands(String deploymentId) {
        return taskIds.isEmpty()
                ? List.of(new CancelAll(deploymentId, running, reason))
                : taskIds.stream().map(task -> new CancelTask(deploymentId, task, reason)).toList();
    }
}
