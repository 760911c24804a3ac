package io.scalable.dispatcher.messaging;

import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.kafka.TopicRecord.Present;
import io.scalable.contracts.kafka.TopicRecord.Tombstone;
import io.scalable.contracts.kafka.TopicRecords;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.TaskCommand;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.contracts.worker.WorkerReport;
import io.scalable.dispatcher.domain.Command;
import java.util.List;
import java.util.Objects;
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

    /**
     * Reads a record; null for one that says nothing to the dispatcher: the planner's plan of an
     * ended deployment is gone.
     *
     * @throws InvalidRecordException if it is not what its topic promises
     */
    static @Nullable Inbound decode(String topic, byte @Nullable [] key, byte @Nullable [] value) {
        return switch (TopicRecords.decode(topic, key, value)) {
            case Tombstone(var id, _) when topic.equals(Topics.DEPLOYMENTS) && id != null ->
                    new Inbound(id, new Command.Ended());
            case Tombstone _ -> null;
            case Present(var id, Record body) -> new Inbound(Objects.requireNonNull(id), of(body));
        };
    }

    private static Command of(Record body) {
        return switch (body) {
            case DeploymentSpec spec -> new Command.Declared(spec);
            case TaskCommand command -> new Command.Asked(command);
            case WorkerReport report -> new Command.Reported(report);
            case ScalePlan plan -> new Command.Planned(plan);
            case WorkerLifecycle event -> new Command.LifecycleSeen(event);
            default ->
                    throw new InvalidRecordException(
                            "the dispatcher does not read a " + body.getClass().getSimpleName(),
                            null);
        };
    }
}
