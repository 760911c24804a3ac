package io.scalable.telemetry.messaging;

import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.TaskEvent;
import io.scalable.contracts.topic.DeadLetter;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.telemetry.domain.HistoryEvent;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns the records of each topic into what telemetry understands. */
final class Decoder {

    private static final JsonCodec<DeploymentSpec> DEPLOYMENTS = JsonCodec.of(DeploymentSpec.class);
    private static final JsonCodec<TaskEvent> TASK_EVENTS = JsonCodec.of(TaskEvent.class);
    private static final JsonCodec<WorkerLifecycle> WORKERS = JsonCodec.of(WorkerLifecycle.class);
    private static final JsonCodec<ScalePlan> PLANS = JsonCodec.of(ScalePlan.class);
    private static final JsonCodec<PoolDemand> DEMAND = JsonCodec.of(PoolDemand.class);
    private static final JsonCodec<DeadLetter> LETTERS = JsonCodec.of(DeadLetter.class);

    private Decoder() {}

    /**
     * The event in a record; none in a tombstone of a plan or of demand.
     *
     * @param at when the record was written
     * @throws InvalidRecordException if the record is not what its topic promises
     */
    static Optional<HistoryEvent> decode(
            String topic, @Nullable String key, byte @Nullable [] value, Instant at) {
        if (value == null) {
            return tombstone(topic, key, at);
        }
        return Optional.of(
                switch (topic) {
                    case Topics.DEPLOYMENTS ->
                            new HistoryEvent.Published(DEPLOYMENTS.decode(value));
                    case Topics.TASK_EVENTS -> new HistoryEvent.OfTask(TASK_EVENTS.decode(value));
                    case Topics.WORKER_LIFECYCLE ->
                            new HistoryEvent.OfWorker(WORKERS.decode(value));
                    case Topics.SCALE_PLANS -> new HistoryEvent.Planned(PLANS.decode(value));
                    case Topics.POOL_DEMAND -> new HistoryEvent.Demanded(DEMAND.decode(value));
                    case Topics.DEAD_LETTERS -> new HistoryEvent.Refused(LETTERS.decode(value));
                    default -> throw new InvalidRecordException("not a topic of telemetry", null);
                });
    }

    private static Optional<HistoryEvent> tombstone(
            String topic, @Nullable String key, Instant at) {
        if (key == null) {
            throw new InvalidRecordException("neither key nor value", null);
        }
        return switch (topic) {
            case Topics.DEPLOYMENTS -> Optional.of(new HistoryEvent.Ended(key, at));
            case Topics.SCALE_PLANS, Topics.POOL_DEMAND -> Optional.empty();
            default -> throw new InvalidRecordException("a record without a value", null);
        };
    }
}
