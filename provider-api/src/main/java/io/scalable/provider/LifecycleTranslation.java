package io.scalable.provider;

import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.provider.reconcile.WorkerEvent;
import io.scalable.provider.reconcile.WorkerRef;
import java.util.Optional;

/** What everybody is told of an event of the reconcile loop. */
final class LifecycleTranslation {

    private LifecycleTranslation() {}

    static Optional<WorkerLifecycle> of(String deploymentId, WorkerEvent event) {
        WorkerRef worker = event.worker();
        String component = worker.component();
        String id = worker.workerId();
        return Optional.ofNullable(
                switch (event) {
                    case WorkerEvent.LaunchDecided(var _, var generation, var at) ->
                            new WorkerLifecycle.WorkerRequested(
                                    deploymentId, component, id, generation, at);
                    case WorkerEvent.WasQueued(var _, var reason, var at) ->
                            new WorkerLifecycle.WorkerPending(
                                    deploymentId, component, id, reason, at);
                    case WorkerEvent.HasStarted(var _, var place, var at) ->
                            new WorkerLifecycle.WorkerStarted(
                                    deploymentId, component, id, place, at);
                    case WorkerEvent.WasRemoved(var _, var cause, var at) ->
                            new WorkerLifecycle.WorkerRemoved(
                                    deploymentId, component, id, cause, at);
                    case WorkerEvent.HasFailed(
                                    var _,
                                    var failureClass,
                                    var message,
                                    var log,
                                    var at) ->
                            new WorkerLifecycle.WorkerFailed(
                                    deploymentId, component, id, failureClass, message, log, at);
                    case WorkerEvent.BecameReady _,
                            WorkerEvent.EndBecameKnown _,
                            WorkerEvent.CancelDecided _,
                            WorkerEvent.TerminateDecided _,
                            WorkerEvent.KillDecided _ ->
                            null;
                });
    }
}
