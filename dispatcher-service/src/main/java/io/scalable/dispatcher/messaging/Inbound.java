package io.scalable.dispatcher.messaging;

import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.kafka.TopicRecord;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.TaskCommand;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.task.TaskCommandRecord;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.contracts.worker.WorkerReport;
import io.scalable.contracts.worker.WorkerReport.OfAttempt;
import io.scalable.contracts.worker.WorkerReportRecord;
import io.scalable.dispatcher.domain.Command;
import java.util.List;
import java.util.Optional;

/** What the records that are read say to a deployment's machine. */
final class Inbound {

    /** The topics that are read; all have equally many partitions. */
    static final List<String> TOPICS =
            List.of(
                    Topics.DEPLOYMENTS,
                    Topics.TASKS,
                    Topics.WORKER_REPORTS,
                    Topics.SCALE_PLANS,
                    Topics.WORKER_LIFECYCLE);

    private static final JsonCodec<TaskCommandRecord> ASKED = JsonCodec.of(TaskCommandRecord.class);
    private static final JsonCodec<WorkerReportRecord> REPORTED =
            JsonCodec.of(WorkerReportRecord.class);

    private Inbound() {}

    /**
     * What a record says, in order; nothing for one that says nothing to the dispatcher: the
     * planner's plan of an ended deployment is gone.
     */
    static List<Command> commands(String topic, TopicRecord record) {
        return switch (record) {
            case TopicRecord.Tombstone _ ->
                    topic.equals(Topics.DEPLOYMENTS) ? List.of(new Command.Ended()) : List.of();
            case TopicRecord.Present present ->
                    present.bodies().stream()
                            .map(Inbound::command)
                            .flatMap(Optional::stream)
                            .toList();
        };
    }

    /** What one command of several is about. */
    static String subject(Command command) {
        return switch (command) {
            case Command.Asked(SubmitTask task) -> "task " + task.taskId();
            case Command.Reported(OfAttempt report) ->
                    "attempt %d of %s".formatted(report.attempt(), report.taskId());
            default -> command.getClass().getSimpleName();
        };
    }

    /** One command of several as a record of its own; empty if that cannot be written. */
    static Optional<byte[]> encode(Command command) {
        try {
            return switch (command) {
                case Command.Asked(TaskCommand asked) -> Optional.of(ASKED.encode(asked));
                case Command.Reported(WorkerReport report) -> Optional.of(REPORTED.encode(report));
                default -> Optional.empty();
            };
        } catch (IllegalStateException e) {
            return Optional.empty();
        }
    }

    private static Optional<Command> command(Record body) {
        return switch (body) {
            case DeploymentSpec spec -> Optional.of(new Command.Declared(spec));
            case TaskCommand asked -> Optional.of(new Command.Asked(asked));
            case WorkerReport report -> Optional.of(new Command.Reported(report));
            case ScalePlan plan -> Optional.of(new Command.Planned(plan));
            case WorkerLifecycle event -> Optional.of(new Command.LifecycleSeen(event));
            default -> Optional.empty();
        };
    }
}
