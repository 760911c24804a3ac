package io.scalable.provider.reconcile;

import io.scalable.contracts.Ids;
import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.worker.WorkerLifecycle.RemovalCause;
import io.scalable.provider.reconcile.WorkerEvent.CancelDecided;
import io.scalable.provider.reconcile.WorkerEvent.KillDecided;
import io.scalable.provider.reconcile.WorkerEvent.LaunchDecided;
import io.scalable.provider.reconcile.WorkerEvent.TerminateDecided;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides what to do about a cluster so that it comes to its goal. Pure and stateless; the same
 * input gives the same decisions, and a goal that is reached gives none.
 */
public final class Reconciler {

    /** Not running before running, then the newest first. */
    private static final Comparator<TrackedWorker> CHEAPEST_TO_CANCEL =
            Comparator.<TrackedWorker, Boolean>comparing(w -> w.phase() instanceof Phase.Starting)
                    .thenComparing(w -> w.ref().ordinal(), Comparator.reverseOrder());

    private final Timings timings;

    public Reconciler(Timings timings) {
        this.timings = timings;
    }

    /**
     * What to do next.
     *
     * @param strays workers that the backend lists alive though nobody tracks them; they hold room
     *     until they are gone
     * @param unknown workers of which the backend does not say how they are: one that was not ready
     *     when it was seen last may be at work, and is neither cancelled nor killed
     * @param lead workers whose allocation ends within this are replaced now, as far as the
     *     target's maximum and the bound on its cost leave room: they are about to drain, and their
     *     successors take time to come
     */
    public List<WorkerEvent> decide(
            Cluster cluster,
            Goal goal,
            Strays strays,
            Set<String> unknown,
            Duration lead,
            Instant now) {
        var decisions = new ArrayList<WorkerEvent>();
        if (goal.ended()) {
            terminateAll(cluster, now, decisions);
        } else if (goal.plan() != null) {
            Instant horizon = now.plus(lead);
            cancelUnwanted(cluster, goal, unknown, horizon, now, decisions);
            launchMissing(cluster, goal, goal.plan(), strays, horizon, now, decisions);
        }
        killOverdue(cluster, unknown, now, decisions);
        return decisions;
    }

    private static void terminateAll(Cluster cluster, Instant now, List<WorkerEvent> decisions) {
        for (TrackedWorker worker : cluster.workers()) {
            if (!(worker.phase() instanceof Phase.Ending ending)
                    || ending.cause() != RemovalCause.DEPLOYMENT_ENDED) {
                decisions.add(new TerminateDecided(worker.ref(), now));
            }
        }
    }

    /** Launches that are not ready are kept only as far as ready workers do not fill the goal. */
    private static void cancelUnwanted(
            Cluster cluster,
            Goal goal,
            Set<String> unknown,
            Instant horizon,
            Instant now,
            List<WorkerEvent> decisions) {
        var components = new LinkedHashSet<String>();
        cluster.workers().forEach(worker -> components.add(worker.ref().component()));
        for (String component : components) {
            List<TrackedWorker> pool = cluster.pool(component);
            long ready = pool.stream().filter(w -> w.phase().ready() && !w.overBy(horizon)).count();
            long keep = Math.max(0, goal.wanted(component) - ready);
            List<TrackedWorker> notReady =
                    pool.stream()
                            .filter(Reconciler::cancellable)
                            .filter(w -> !unknown.contains(w.ref().workerId()))
                            .sorted(CHEAPEST_TO_CANCEL)
                            .toList();
            notReady.stream()
                    .limit(Math.max(0, notReady.size() - keep))
                    .forEach(worker -> decisions.add(new CancelDecided(worker.ref(), now)));
        }
    }

    private static boolean cancellable(TrackedWorker worker) {
        return !worker.phase().ready() && !(worker.phase() instanceof Phase.Ending);
    }

    /**
     * Whatever is alive holds its place, draining and ending workers too; only those whose
     * allocation is over by the horizon hold no place of their pool any more.
     */
    private static void launchMissing(
            Cluster cluster,
            Goal goal,
            ScalePlan plan,
            Strays strays,
            Instant horizon,
            Instant now,
            List<WorkerEvent> decisions) {
        var room = new Room(cluster, goal, strays);
        for (ComponentSpec component : goal.deployment().components()) {
            String name = component.name();
            if (cluster.backsOff(name, now)) {
                continue;
            }
            int staying = (int) cluster.pool(name).stream().filter(w -> !w.overBy(horizon)).count();
            int first = cluster.newestOrdinal(name) + 1;
            int launches = room.take(name, goal.wanted(name) - staying, staying);
            for (int ordinal = first; ordinal < first + launches; ordinal++) {
                String id = Ids.workerId(goal.deployment().deploymentId(), name, ordinal);
                var ref = new WorkerRef(name, id, ordinal);
                decisions.add(new LaunchDecided(ref, plan.generation(), now));
            }
        }
    }

    /** A cancelled launch that became ready all the same is left to drain. */
    private void killOverdue(
            Cluster cluster, Set<String> unknown, Instant now, List<WorkerEvent> decisions) {
        for (TrackedWorker worker : cluster.workers()) {
            if (worker.phase() instanceof Phase.Ending(var cause, var askedAt, var wasReady)
                    && (cause == RemovalCause.DEPLOYMENT_ENDED
                            || !wasReady && !unknown.contains(worker.ref().workerId()))
                    && !now.isBefore(askedAt.plus(timings.grace()))) {
                decisions.add(new KillDecided(worker.ref(), now));
            }
        }
    }
}
