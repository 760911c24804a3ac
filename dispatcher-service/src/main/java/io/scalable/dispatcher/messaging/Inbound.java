package io.scalable.dispatcher.messaging;

import io.scalable.contracts.Ids;
import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.TaskCommand;
import io.scalable.contracts.task.TaskCommand.CancelTask;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.contracts.worker.WorkerReport;
import io.scalable.dispatcher.domain.Command;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record that came in: for which deployment, and what it says. */
record Inbound(String deploymentId, Command command) {

    /** The topics that are read; all have equally many partitions. */
    static final List<String> TOPICS =
            List.of(
                    Topics.DEPLOYMENTS,
                    Topics.TASKS,
                    Topics.WORKER_REPORTS,
                    Topics.SCALE_PLANS,
                    Topics.WORKER_LIFECYCLE);

    private static final JsonCodec<DeploymentSpec> DEPLOYMENT = JsonCodec.of(DeploymentSpec.class);
    private static final JsonCodec<TaskCommand> TASK = JsonCodec.of(TaskCommand.class);
    private static final JsonCodec<WorkerReport> REPORT = JsonCodec.of(WorkerReport.class);
    private static final JsonCodec<ScalePlan> PLAN = JsonCodec.of(ScalePlan.class);
    private static final JsonCodec<WorkerLifecycle> LIFECYCLE = JsonCodec.of(WorkerLifecycle.class);

    /**
     * Reads a record; null for one that says nothing to the dispatcher: the planner's plan of an
     * ended deployment is gone.
     *
     * @throws InvalidRecordException if it is not what its topic promises
     */
    static @Nullable Inbound decode(String topic, byte @Nullable [] key, byte @Nullable [] value) {
        if (value == null) {
            if (topic.equals(Topics.DEPLOYMENTS) && key != null) {
                String id = new String(key, StandardCharsets.UTF_8);
                return new Inbound(checkedId(id), new Command.Ended());
            }
            if (topic.equals(Topics.SCALE_PLANS)) {
                return null;
            }
            throw invalid("a record without a value means nothing on " + topic);
        }
        return switch (topic) {
            case Topics.DEPLOYMENTS -> {
                DeploymentSpec spec = DEPLOYMENT.decode(value);
                yield new Inbound(checkedId(spec.deploymentId()), new Command.Declared(spec));
            }
            case Topics.TASKS -> {
                TaskCommand command = checked(TASK.decode(value));
                yield new Inbound(checkedId(command.deploymentId()), new Command.Asked(command));
            }
            case Topics.WORKER_REPORTS -> {
                WorkerReport report = REPORT.decode(value);
                String unused = present("workerId", report.workerId());
                yield new Inbound(checkedId(report.deploymentId()), new Command.Reported(report));
            }
            case Topics.SCALE_PLANS -> {
                ScalePlan plan = PLAN.decode(value);
                yield new Inbound(checkedId(plan.deploymentId()), new Command.Planned(plan));
            }
            case Topics.WORKER_LIFECYCLE -> {
                WorkerLifecycle event = LIFECYCLE.decode(value);
                String unused = present("workerId", event.workerId());
                yield new Inbound(
                        checkedId(event.deploymentId()), new Command.LifecycleSeen(event));
            }
            default -> throw invalid("the dispatcher does not read " + topic);
        };
    }

    private static TaskCommand checked(TaskCommand command) {
        switch (command) {
            case SubmitTask submit -> {
                String unused = present("taskId", submit.taskId()) + present("tag", submit.tag());
                if (submit.work() == null) {
                    throw invalid("SubmitTask " + submit.taskId() + " has no work");
                }
                if (submit.retries() < 0) {
                    throw invalid("SubmitTask " + submit.taskId() + ": retries must be 0 or more");
                }
            }
            case CancelTask cancel -> {
                String unused = present("taskId", cancel.taskId());
            }
            case TaskCommand.CancelAll _, TaskCommand.ResultsWanted _ -> {}
        }
        return command;
    }

    private static String present(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw invalid(field + " is missing");
        }
        return value;
    }

    private static String checkedId(@Nullable String deploymentId) {
        if (deploymentId == null || !Ids.isDeploymentId(deploymentId)) {
            throw invalid(
                    "deploymentId must be letters, digits, '.', '-', '_', found: " + deploymentId);
        }
        return deploymentId;
    }

    private static InvalidRecordException invalid(String message) {
        return new InvalidRecordException(message, null);
    }
}
