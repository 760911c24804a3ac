package io.scalable.telemetry.store;

import io.scalable.contracts.task.TaskState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks of a deployment are wanted; null lets all through.
 *
 * @param state where they are
 * @param task their name
 * @param component their pool's
 */
public record TaskFilter(
        @Nullable TaskState state, @Nullable String task, @Nullable String component) {

    public static final TaskFilter ALL = new TaskFilter(null, null, null);

    /** Tasks in one state. */
    public static TaskFilter in(TaskState state) {
        return new TaskFilter(state, null, null);
    }

    String where() {
        return "deployment_id = ?"
                + (state == null ? "" : " AND state = ?")
                + (task == null ? "" : " AND task = ?")
                + (component == null ? "" : " AND component = ?");
    }

    /** What stands for the question marks of {@link #where}. */
    List<Object> parameters(String deploymentId) {
        var parameters = new ArrayList<Object>();
        parameters.add(deploymentId);
        if (state != null) {
            parameters.add(state.name());
        }
        if (task != null) {
            parameters.add(task);
        }
        if (component != null) {
            parameters.add(component);
        }
        return parameters;
    }
}
