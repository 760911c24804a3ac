package io.scalable.provider;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.worker.Launch;
import io.scalable.provider.backend.BackendUnavailableException;
import io.scalable.provider.backend.RefusingBackend;
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
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One deployment in a host's care: looks at its backend, decides, and has decisions done. */
final class HostedDeployment {

    private static final System.Logger LOG = System.getLogger(HostedDeployment.class.getName());

    private final Cluster cluster;
    private final Reconciler reconciler;
    private final EventExecutor executor;
    private final Predicate<String> lives;
    private final StrayEnding strays = new StrayEnding();
    private ClusterHandle handle;
    private boolean ended;
    private boolean silent;

    /** Why the backend lets nobody in; null if it answers, or may answer later. */
    private @Nullable String refusal;

    HostedDeployment(
            ClusterHandle handle,
            Collection<Launch> known,
            LaunchLedger ledger,
            LifecycleSink sink,
            Predicate<String> lives,
            Timings timings) {
        String id = handle.deployment().deploymentId();
        this.handle = handle;
        this.lives = lives;
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

    /** True from the deployment's end on. */
    boolean ended() {
        return ended;
    }

    /** A deployment that had ended was published again: workers that end go on ending. */
    void begin(ClusterHandle next) {
        handle = next;
        ended = false;
    }

    /** True once the deployment has ended and nothing of it is left. */
    boolean finished() {
        return ended && cluster.workers().isEmpty() && strays.none();
    }

    /** One pass: what happened, then what to do about it. */
    void reconcile(Instant now) {
        Map<String, WorkerStatus> listing = look(now);
        if (listing != null) {
            Strays alive = strays.end(handle, Observer.strays(cluster, listing), listing, now);
            var decisions =
                    reconciler.decide(
                            cluster,
                            goal(),
                            alive,
                            Observer.unknown(listing),
                            handle.backend().launchLead(),
                            now);
            executor.execute(decisions, spec(), handle.backend(), now);
        } else if (refusal != null && !ended && cluster.workers().isEmpty()) {
            refuseLaunches(refusal, now);
        }
    }

    /**
     * A platform that lets nobody in refuses every launch: so its reason is told where people look,
     * and nobody waits for workers that cannot come. Workers that are there may be at work.
     */
    private void refuseLaunches(String reason, Instant now) {
        var launches =
                reconciler.decide(
                        cluster, goal(), Strays.NONE, Set.of(), handle.backend().launchLead(), now);
        executor.execute(launches, spec(), new RefusingBackend(reason), now);
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
            silent(e.getMessage());
            refusal = e.useless() ? e.getMessage() : null;
            return null;
        }
        answered();
        refusal = null;
        var observer = new Observer(backend.listingLag(), lives);
        for (WorkerEvent event : observer.observe(cluster, goal(), listing, now)) {
            executor.recordSeen(event, backend);
        }
        return listing;
    }

    private void silent(@Nullable String why) {
        if (!silent) {
            silent = true;
            LOG.log(
                    Level.WARNING,
                    "the workers of {0} cannot be listed, so nothing is launched or ended: {1}",
                    spec().deploymentId(),
                    why);
        }
    }

    private void answered() {
        if (silent) {
            silent = false;
            LOG.log(Level.INFO, "the workers of {0} can be listed again", spec().deploymentId());
        }
    }

    private Goal goal() {
        return new Goal(spec(), handle.plan(), ended);
    }

    private DeploymentSpec spec() {
        return handle.deployment();
    }
}
