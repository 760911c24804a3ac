package io.scalable.provider.reconcile;

import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.worker.Launch;
import io.scalable.contracts.worker.WorkerLifecycle.RemovalCause;
import io.scalable.provider.reconcile.WorkerEvent.BecameReady;
import io.scalable.provider.reconcile.WorkerEvent.CancelDecided;
import io.scalable.provider.reconcile.WorkerEvent.EndBecameKnown;
import io.scalable.provider.reconcile.WorkerEvent.HasFailed;
import io.scalable.provider.reconcile.WorkerEvent.HasStarted;
import io.scalable.provider.reconcile.WorkerEvent.KillDecided;
import io.scalable.provider.reconcile.WorkerEvent.LaunchDecided;
import io.scalable.provider.reconcile.WorkerEvent.TerminateDecided;
import io.scalable.provider.reconcile.WorkerEvent.WasQueued;
import io.scalable.provider.reconcile.WorkerEvent.WasRemoved;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The workers of one deployment that are not known to be gone, and what each pool remembers. Only
 * {@link #apply} changes it. Not thread-safe.
 */
public final class Cluster {

    private final Timings timings;
    private final Map<String, TrackedWorker> workers = new LinkedHashMap<>();
    private final Map<String, Integer> newestOrdinals = new HashMap<>();
    private final Map<String, BackOff> backOffs = new HashMap<>();

    /** A cluster as the launch ledger tells it: what was alive waits to be seen again. */
    public Cluster(Timings timings, Collection<Launch> ledger) {
        this.timings = timings;
        for (Launch launch : ledger) {
            newestOrdinals.merge(launch.component(), launch.ordinal(), Math::max);
            if (launch.step() != Launch.Step.GONE) {
                var ref = new WorkerRef(launch.component(), launch.workerId(), launch.ordinal());
                put(new TrackedWorker(ref, launch.at(), new Phase.Recovered(launch.step())));
            }
        }
    }

    /** The workers, oldest first. */
    public Collection<TrackedWorker> workers() {
        return Collections.unmodifiableCollection(workers.values());
    }

    /** True if {@code workerId} is not known to be gone. */
    public boolean tracks(String workerId) {
        return workers.containsKey(workerId);
    }

    /** The number of the newest worker ever asked for in a pool; 0 before the first. */
    public int newestOrdinal(String component) {
        return newestOrdinals.getOrDefault(component, 0);
    }

    List<TrackedWorker> pool(String component) {
        return workers.values().stream()
                .filter(worker -> worker.ref().component().equals(component))
                .toList();
    }

    boolean backsOff(String component, Instant now) {
        return backOffs.getOrDefault(component, BackOff.NONE).blocks(now);
    }

    /**
     * Changes the cluster by what happened or was decided. Events of unknown workers are no-ops.
     */
    public void apply(WorkerEvent event) {
        switch (event) {
            case LaunchDecided launch -> {
                WorkerRef ref = launch.worker();
                newestOrdinals.merge(ref.component(), ref.ordinal(), Math::max);
                put(new TrackedWorker(ref, launch.at(), new Phase.Requested()));
            }
            case WasQueued queued -> move(queued, new Phase.Queued(queued.reason()));
            case HasStarted started -> move(started, new Phase.Starting(started.place()));
            case EndBecameKnown(var ref, var endsAt, var _) ->
                    workers.computeIfPresent(ref.workerId(), (_, w) -> w.endingAt(endsAt));
            case BecameReady ready -> {
                backOffs.remove(ready.worker().component());
                move(ready, new Phase.Ready(ready.place()));
            }
            case CancelDecided cancel -> end(cancel, RemovalCause.SCALED_IN);
            case TerminateDecided terminate -> end(terminate, RemovalCause.DEPLOYMENT_ENDED);
            case KillDecided kill -> askedAgain(kill);
            case WasRemoved removed -> workers.remove(removed.worker().workerId());
            case HasFailed failed -> fail(failed);
        }
    }

    /** A worker that ends stays ending, whatever it is seen to do meanwhile. */
    private void move(WorkerEvent event, Phase next) {
        TrackedWorker worker = workers.get(event.worker().workerId());
        if (worker == null) {
            return;
        }
        if (worker.phase() instanceof Phase.Ending(var cause, var askedAt, var wasReady)) {
            put(worker.in(new Phase.Ending(cause, askedAt, wasReady || next.ready())));
        } else {
            put(worker.in(next));
        }
    }

    private void end(WorkerEvent event, RemovalCause cause) {
        TrackedWorker worker = workers.get(event.worker().workerId());
        if (worker != null) {
            put(worker.in(new Phase.Ending(cause, event.at(), worker.phase().ready())));
        }
    }

    private void askedAgain(KillDecided kill) {
        TrackedWorker worker = workers.get(kill.worker().workerId());
        if (worker != null
                && worker.phase() instanceof Phase.Ending(var cause, var _, var wasReady)) {
            put(worker.in(new Phase.Ending(cause, kill.at(), wasReady)));
        }
    }

    private void fail(HasFailed failed) {
        TrackedWorker worker = workers.remove(failed.worker().workerId());
        if (worker != null && failed.failureClass() == FailureClass.START_FAILURE) {
            backOffs.merge(
                    failed.worker().component(),
                    BackOff.NONE.afterFailure(worker.requestedAt(), failed.at(), timings),
                    (old, _) -> old.afterFailure(worker.requestedAt(), failed.at(), timings));
        }
    }

    private void put(TrackedWorker worker) {
        workers.put(worker.ref().workerId(), worker);
    }
}
