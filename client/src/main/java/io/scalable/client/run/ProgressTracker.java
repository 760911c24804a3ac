package io.scalable.client.run;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Folds what is heard of a run into its progress. Not thread-safe. */
final class ProgressTracker {

    private final Instant start;
    private final Map<String, PoolTracker> pools = new LinkedHashMap<>();
    private @Nullable ScalePlan plan;

    ProgressTracker(DeploymentSpec spec) {
        this.start = spec.createdAt();
        for (ComponentSpec component : spec.components()) {
            pools.put(component.name(), new PoolTracker(component));
        }
    }

    void submitted(String component) {
        PoolTracker pool = pools.get(component);
        if (pool != null) {
            pool.submitted();
        }
    }

    void ended(String component, TaskState state, @Nullable Double seconds) {
        PoolTracker pool = pools.get(component);
        if (pool != null) {
            pool.ended(state, seconds);
        }
    }

    /** True if the services say that no pool has anything to do; false while nothing was said. */
    boolean idle() {
        return !pools.isEmpty() && pools.values().stream().allMatch(PoolTracker::idle);
    }

    /**
     * What is wanted where tasks wait and no worker is ready; null if one is, or none is wanted.
     */
    @Nullable String withoutWorkers() {
        var lacking = new ArrayList<String>();
        for (PoolTracker pool : pools.values()) {
            PoolProgress now = pool.progress();
            if (now.ready() > 0) {
                return null;
            }
            if (now.queued() > 0) {
                lacking.add(
                        "%s wants %d, none ready, %d starting"
                                .formatted(now.component(), now.desired(), now.starting()));
            }
        }
        return lacking.isEmpty() ? null : String.join("; ", lacking);
    }

    void observed(PoolDemand demand) {
        for (PoolObservation observation : demand.pools()) {
            PoolTracker pool = pools.get(observation.pool());
            if (pool != null) {
                pool.observed(observation);
            }
        }
    }

    void planned(ScalePlan newer) {
        plan = newer;
        for (PoolPlan part : newer.pools()) {
            PoolTracker pool = pools.get(part.component());
            if (pool != null) {
                pool.desired(part.desired());
            }
        }
    }

    RunProgress progress(Instant now) {
        var out = new ArrayList<PoolProgress>();
        pools.values().forEach(pool -> out.add(pool.progress()));
        return new RunProgress(Duration.between(start, now), out, remaining(now));
    }

    /** Pools work side by side, but a pool whose tasks all wait for others comes after them. */
    private @Nullable Duration remaining(Instant now) {
        double together = 0;
        double after = 0;
        for (PoolTracker pool : pools.values()) {
            double left = pool.secondsLeft();
            PoolProgress progress = pool.progress();
            if (Double.isNaN(left)) {
                return byPlan(now);
            }
            if (progress.blocked() == progress.remaining()) {
                after += left;
            } else {
                together = Math.max(together, left);
            }
        }
        return seconds(together + after);
    }

    private @Nullable Duration byPlan(Instant now) {
        ScalePlan newest = plan;
        Double predicted = newest == null ? null : newest.expectedSeconds();
        if (newest == null || predicted == null) {
            return null;
        }
        Duration since = Duration.between(newest.at(), now);
        return seconds(Math.max(0, predicted - since.toMillis() / 1000.0));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
