package io.scalable.planning.estimate;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Need;
import io.scalable.contracts.deployment.Policy;
import io.scalable.contracts.deployment.TaskGroup;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.contracts.scaling.PoolObservation.TaskCounts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the stages of a deployment: all of its work, or what is left of it. */
public final class Stages {

    /** The safe policy plans for a fifth more work than expected. */
    private static final double HEADROOM = 1.2;

    private static final TaskCounts NONE = new TaskCounts("", 0, 0, 0, 0, 0, 0, 0);

    private final DeploymentSpec spec;
    private final WorkEstimator estimator;

    public Stages(DeploymentSpec spec, WorkEstimator estimator) {
        this.spec = spec;
        this.estimator = estimator;
    }

    /** All that the manifest names, tasks that are only planned included. */
    public List<Stage> planned() {
        var stages = new ArrayList<Stage>();
        for (TaskGroup group : spec.tasks()) {
            if (group.count() > 0) {
                boolean waits = group.needs().stream().anyMatch(this::hasTasks);
                stages.add(
                        new Stage(
                                group.name(),
                                group.component(),
                                waits ? 0 : group.count(),
                                waits ? group.count() : 0,
                                0,
                                0,
                                seconds(group.name(), group.component()),
                                group.needs()));
            }
        }
        return stages;
    }

    private boolean hasTasks(Need need) {
        return spec.task(need.task()).map(t -> t.count() > 0).orElse(false);
    }

    /** What {@code demand} shows as not ended, with what the manifest says is still to come. */
    public List<Stage> remaining(PoolDemand demand) {
        var counts = new HashMap<String, TaskCounts>();
        demand.pools().forEach(p -> p.tasks().forEach(t -> counts.put(t.task(), t)));
        var stages = new ArrayList<Stage>();
        var known = new HashSet<String>();
        Map<String, PoolObservation> pools = new HashMap<>();
        demand.pools().forEach(p -> pools.put(p.pool(), p));
        for (TaskGroup group : spec.tasks()) {
            known.add(group.name());
            TaskCounts seen = counts.getOrDefault(group.name(), NONE);
            int unseen = group.runnable() ? unsubmitted(group, seen) : 0;
            boolean waits = !group.needs().isEmpty();
            add(
                    stages,
                    group.name(),
                    group.component(),
                    seen.queued() + seen.leased() + (waits ? 0 : unseen),
                    seen.blocked() + (waits ? unseen : 0),
                    seen.running(),
                    pools.get(group.component()),
                    group.needs());
        }
        demand.pools().forEach(pool -> addUnplanned(stages, pool, known));
        return stages;
    }

    /** Tasks of the group that the dispatcher has not heard of yet. */
    private static int unsubmitted(TaskGroup group, TaskCounts seen) {
        int submitted =
                seen.blocked() + seen.queued() + seen.leased() + seen.running() + seen.done();
        return Math.max(0, group.count() - submitted);
    }

    /** Tasks from outside, that the manifest does not name. */
    private void addUnplanned(List<Stage> stages, PoolObservation pool, Set<String> known) {
        if (pool.tasks().isEmpty()) {
            int running = pool.runningSeconds().size();
            add(stages, pool.pool(), pool.pool(), pool.ready(), 0, running, pool, List.of());
        }
        for (TaskCounts t : pool.tasks()) {
            if (!known.contains(t.task())) {
                int ready = t.queued() + t.leased();
                add(
                        stages,
                        t.task(),
                        pool.pool(),
                        ready,
                        t.blocked(),
                        t.running(),
                        pool,
                        List.of());
            }
        }
    }

    private void add(
            List<Stage> stages,
            String task,
            String component,
            int ready,
            int blocked,
            int running,
            @Nullable PoolObservation pool,
            List<Need> needs) {
        if (ready + blocked + running > 0) {
            double left = 0;
            if (running > 0 && pool != null) {
                for (double age : pool.runningSeconds()) {
                    left = Math.max(left, estimator.residual(task, component, age));
                }
            }
            double seconds = seconds(task, component);
            stages.add(new Stage(task, component, ready, blocked, running, left, seconds, needs));
        }
    }

    private double seconds(String task, String component) {
        double mean = Math.max(1e-3, estimator.duration(task, component).mean());
        return spec.policy() == Policy.SAFE ? mean * HEADROOM : mean;
    }
}
