package io.scalable.telemetry.domain;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.TaskEvent;
import io.scalable.contracts.topic.DeadLetter;
import io.scalable.contracts.worker.WorkerLifecycle;
import java.time.Instant;

/** A record that telemetry understands, of whatever topic. */
public sealed interface HistoryEvent {

    /** A deployment was published. */
    record Published(DeploymentSpec spec) implements HistoryEvent {}

    /** A deployment's tombstone. */
    record Ended(String deploymentId, Instant at) implements HistoryEvent {}

    /** The dispatcher said something of a task or a worker. */
    record OfTask(TaskEvent event) implements HistoryEvent {}

    /** A provider said something of a worker. */
    record OfWorker(WorkerLifecycle event) implements HistoryEvent {}

    /** The planner made a plan. */
    record Planned(ScalePlan plan) implements HistoryEvent {}

    /** The dispatcher told what a deployment's pools need. */
    record Demanded(PoolDemand demand) implements HistoryEvent {}

    /** Somebody could not use a record. */
    record Refused(DeadLetter letter) implements HistoryEvent {}

    /** A service does not process a deployment any more. */
    record SetAside(io.scalable.telemetry.domain.SetAside what) implements HistoryEvent {}

    /** A service processes a deployment again. */
    record Released(String deploymentId, String service) implements HistoryEvent {}

    /** A provider host lives. */
    record HostHeard(ProviderHost host) implements HistoryEvent {}
}
