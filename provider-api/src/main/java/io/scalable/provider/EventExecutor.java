package io.scalable.provider;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.task.FailureClass;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.backend.LaunchRefusedException;
import io.scalable.provider.backend.WorkerBackend;
import io.scalable.provider.reconcile.Cluster;
import io.scalable.provider.reconcile.WorkerEvent;
import io.scalable.provider.reconcile.WorkerEvent.CancelDecided;
import io.scalable.provider.reconcile.WorkerEvent.HasFailed;
import io.scalable.provider.reconcile.WorkerEvent.HasStarted;
import io.scalable.provider.reconcile.WorkerEvent.KillDecided;
import io.scalable.provider.reconcile.WorkerEvent.LaunchDecided;
import io.scalable.provider.reconcile.WorkerEvent.TerminateDecided;
import io.scalable.provider.reconcile.WorkerEvent.WasQueued;
import io.scalable.provider.reconcile.WorkerEvent.WasRemoved;
import io.scalable.provider.reconcile.WorkerRef;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;

/**
 * Does what an event of the loop asks for, always in this order: what must not be lost goes to the
 * ledger or to everybody first, then the cluster changes, then the backend is called. When a write
 * fails, the cluster is as before and the next pass does it again.
 */
final class EventExecutor {

    private static final System.Logger LOG = System.getLogger(EventExecutor.class.getName());

    private final String deploymentId;
    private final Cluster cluster;
    private final LaunchRecords records;
    private final LifecycleSink sink;

    EventExecutor(String deploymentId, Cluster cluster, LaunchRecords records, LifecycleSink sink) {
        this.deploymentId = deploymentId;
        this.cluster = cluster;
        this.records = records;
        this.sink = sink;
    }

    /** Puts what was seen on record. */
    void recordSeen(WorkerEvent event, WorkerBackend backend) {
        tell(event);
        WorkerRef worker = event.worker();
        switch (event) {
            case WasQueued queued -> records.launched(worker, null, queued.at());
            case HasStarted started -> records.launched(worker, started.place(), started.at());
            case WasRemoved _, HasFailed _ -> {
                // Whoever is killed after the ledger has forgotten a worker never tells its end.
                sink.flush();
                records.gone(worker, event.at());
            }
            case WorkerEvent.BecameReady _,
                    WorkerEvent.EndBecameKnown _,
                    LaunchDecided _,
                    CancelDecided _,
                    TerminateDecided _,
                    KillDecided _ -> {}
        }
        cluster.apply(event);
        if (!cluster.tracks(worker.workerId())) {
            backend.forget(worker.workerId());
        }
    }

    /** Has decisions done; all intentions are on record before the first call. */
    void execute(
            List<WorkerEvent> decisions,
            DeploymentSpec deployment,
            WorkerBackend backend,
            Instant now) {
        records.intend(workersOf(decisions, LaunchDecided.class), now);
        records.ending(workersOf(decisions, CancelDecided.class), now);
        records.ending(workersOf(decisions, TerminateDecided.class), now);
        for (WorkerEvent decision : decisions) {
            cluster.apply(decision);
            tell(decision);
            call(decision, deployment, backend);
        }
    }

    /** Nothing is left of the deployment. */
    void forgetAll() {
        records.forgetAll();
    }

    private void call(WorkerEvent decision, DeploymentSpec deployment, WorkerBackend backend) {
        WorkerRef worker = decision.worker();
        String id = worker.workerId();
        try {
            switch (decision) {
                case LaunchDecided _ -> backend.launch(order(deployment, worker));
                case CancelDecided _ -> backend.cancel(id);
                case TerminateDecided _ -> backend.terminate(id);
                case KillDecided _ -> backend.kill(id);
                case WorkerEvent.WasQueued _,
                        HasStarted _,
                        WorkerEvent.BecameReady _,
                        WorkerEvent.EndBecameKnown _,
                        WasRemoved _,
                        HasFailed _ ->
                        throw new IllegalArgumentException("not a decision: " + decision);
            }
        } catch (LaunchRefusedException e) {
            var failed =
                    new HasFailed(
                            worker,
                            FailureClass.START_FAILURE,
                            String.valueOf(e.getMessage()),
                            null,
                            decision.at());
            recordSeen(failed, backend);
        } catch (RuntimeException e) {
            // The backend may have done it all the same: the listing will tell.
            LOG.log(Level.WARNING, "the backend call for worker " + id + " failed", e);
        }
    }

    private static LaunchOrder order(DeploymentSpec deployment, WorkerRef worker) {
        var component = deployment.component(worker.component()).orElseThrow();
        return LaunchOrder.of(deployment, component, worker.workerId(), worker.ordinal());
    }

    private static List<WorkerRef> workersOf(
            List<WorkerEvent> decisions, Class<? extends WorkerEvent> type) {
        return decisions.stream().filter(type::isInstance).map(WorkerEvent::worker).toList();
    }

    private void tell(WorkerEvent event) {
        LifecycleTranslation.of(deploymentId, event).ifPresent(sink::emit);
    }
}
