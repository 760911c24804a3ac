package io.scalable.dispatcher.messaging;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.kafka.TopicRecord;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.TaskCommand;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.contracts.worker.WorkerReport;
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

    private Inbound() {}

    /**
     * What a record says; empty for one that says nothing to the dispatcher: the planner's plan of
     * an ended deployment is gone.
     */
    static Optional<Command> command(String topic, TopicRecord record) {
        return switch (record) {
            case TopicRecord.Tombstone _ ->
                    topic.equals(Topics.DEPLOYMENTS)
                            ? Optional.of(new Command.Ended())
                            : Optional.empty();
            case TopicRecord.Present present ->
                    switch (present.body()) {
                        case DeploymentSpec spec -> Optional.of(new Command.Declared(spec));
                        case TaskCommand asked -> Optional.of(new Command.Asked(asked));
                        case WorkerReport report -> Optional.of(new Command.Reported(report));
                        case ScalePlan plan -> Optional.of(new Command.Planned(plan));
                        case WorkerLifecycle event -> Optional.of(new Command.LifecycleSeen(event));
                        default -> Optional.empty();
                    };
        };
    }
}
