package io.scalable.provider;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.worker.Launch;
import io.scalable.provider.backend.BackendUnavailableException;
import io.scalable.provider.backend.WorkerBackend;
import io.scalable.provider.backend.WorkerStatus;
import io.scalable.provider.reconcile.Cluster;
import io.scalable.provider.reconcile.Goal;
import io.scalable.provider.reconcile.Observer;
import io.scalable.provider.reconcile.Reconciler;
import io.scalable.provider.reconcile.Strays;
import io.scalable.provider.reconcile.Timings;
import io.scalable.provider.reconcile.WorkerEvent;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One deployment in a host's care: looks at its backend, decides, and has decisions done. */
final class HostedDeployment {

    private static final System.Logger LOG = System.getLogger(HostedDeployment.class.getName());

    private final Cluster cluster;
    private final Reconciler reconciler;
    private final EventExecutor executor;
    private ClusterHandle handle;
    private boolean ended;

    HostedDeployment(
            ClusterHandle handle,
            Collection<Launch> known,
            LaunchLedger ledger,
            LifecycleSink sink,
            Timings timings) {
        String id = handle.deployment().deploymentId();
        this.handle = handle;
        this.cluster = new Cluster(timings, known);
        this.reconciler = new Reconciler(timings);
        var records = new LaunchRecords(id, ledger, known);
        this.executor = new EventExecutor(id, cluster, records, sink);
    }

    ClusterHandle handle() {
        return handle;
    }

    /** The deployment's spec has changed; its workers and its plan stay. */
    void change(ClusterHandle next) {
        if (handle.plan() != null) {
            next.want(handle.plan());
        }
        handle = next;
    }

    void end() {
        ended = true;
    }

    /** True once the deployment has ended and nothing of it is left. */
    boolean finished() {
        return ended && cluster.workers().isEmpty();
    }

    /** One pass: what happened, then what to do about it. */
    void reconcile(Instant now) {
        Map<String, WorkerStatus> listing = look(now);
        if (listing != null) {
            Strays strays = endStrays(listing);
            var decisions =
                    reconciler.decide(cluster, goal(), strays, handle.backend().launchLead(), now);
            executor.execute(decisions, spec(), handle.backend(), now);
        }
    }

    /** Lets go of the backend and tells how its workers ended, if they did. */
    void close(Instant now) {
        handle.backend().close();
        look(now);
        if (finished()) {
            executor.forgetAll();
        }
    }

    /** Puts on record what the backend shows; null if it shows nothing. */
    private @Nullable Map<String, WorkerStatus> look(Instant now) {
        WorkerBackend backend = handle.backend();
        Map<String, WorkerStatus> listing;
        try {
            listing = backend.observe();
        } catch (BackendUnavailableException e) {
            String id = spec().deploymentId();
            LOG.log(Level.WARNING, "the workers of {0} cannot be listed: {1}", id, e.getMessage());
            return null;
        }
        var observer = new Observer(backend.listingLag());
        for (WorkerEvent event : observer.observe(cluster, goal(), listing, now)) {
            executor.recordSeen(event, backend);
        }
        return listing;
    }

    /** Ends workers that nobody tracks; those that are still there. */
    private Strays endStrays(Map<String, WorkerStatus> listing) {
        WorkerBackend backend = handle.backend();
        var alive = new ArrayList<String>();
        for (String id : Observer.strays(cluster, listing)) {
            if (listing.get(id) instanceof WorkerStatus.Exited) {
                backend.forget(id);
            } else {
                backend.terminate(id);
                alive.add(id);
            }
        }
        return Strays.of(spec(), alive);
    }

    private Goal goal() {
        return new Goal(spec(), handle.plan(), ended);
    }

    private DeploymentSpec spec() {
        return handle.deployment();
    }
}
