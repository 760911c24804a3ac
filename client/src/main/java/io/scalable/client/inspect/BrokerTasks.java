package io.scalable.client.inspect;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.task.TaskEvent.OfTask;
import io.scalable.contracts.task.TaskEvent.TaskDeadLettered;
import io.scalable.contracts.task.TaskEvent.TaskFailed;
import io.scalable.contracts.task.TaskEvent.TaskRetried;
import io.scalable.contracts.task.TaskHistory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The tasks of one deployment, folded from what was submitted and what the dispatcher said. */
final class BrokerTasks {

    private final DeploymentSpec spec;
    private final Map<String, SubmitTask> submitted = new HashMap<>();
    private final Map<String, TaskHistory> told = new HashMap<>();
    private final Map<String, FailedAttemptView> failures = new LinkedHashMap<>();

    BrokerTasks(DeploymentSpec spec) {
        this.spec = spec;
    }

    /** Takes the body of a record; what is about another deployment is passed over. */
    void take(Record body) {
        switch (body) {
            case SubmitTask task when task.deploymentId().equals(spec.deploymentId()) ->
                    submitted.putIfAbsent(task.taskId(), task);
            case OfTask event when event.deploymentId().equals(spec.deploymentId()) -> take(event);
            default -> {
                // Says nothing of where a task is.
            }
        }
    }

    private void take(OfTask event) {
        told.compute(event.taskId(), (_, before) -> TaskHistory.after(before, event));
        switch (event) {
            case TaskRetried e -> failed(e, e.workerId(), e.failure());
            case TaskFailed e -> failed(e, e.workerId(), e.failure());
            case TaskDeadLettered e -> failed(e, null, e.failure());
            default -> {
                // No attempt failed.
            }
        }
    }

    private void failed(OfTask event, @Nullable String workerId, Failure failure) {
        failures.putIfAbsent(
                event.eventId(),
                new FailedAttemptView(
                        event.taskId(),
                        event.attempt(),
                        workerId,
                        failure,
                        event.terminal(),
                        event.at()));
    }

    /** All tasks, by id. */
    List<TaskHistory> tasks() {
        var all = new TreeMap<>(told);
        submitted
                .values()
                .forEach(
                        task ->
                                all.computeIfAbsent(
                                        task.taskId(),
                                        _ -> TaskHistory.submitted(task, component(task))));
        return List.copyOf(all.values());
    }

    List<String> needs(String taskId) {
        SubmitTask task = submitted.get(taskId);
        return task == null ? List.of() : task.needs();
    }

    List<FailedAttemptView> failures() {
        return new ArrayList<>(failures.values());
    }

    private String component(SubmitTask task) {
        return spec.route(task.tag()).map(ComponentSpec::name).orElse(task.tag());
    }
}
