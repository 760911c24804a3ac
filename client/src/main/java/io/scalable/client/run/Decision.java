package io.scalable.client.run;

import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * One pool's change of desired workers, and why.
 *
 * @param atSeconds seconds since the run started
 * @param generation the scale plan's generation
 * @param pool the pool's component
 * @param from desired workers before
 * @param to desired workers after
 * @param reason why, for people
 * @param bindingConstraint what kept it from being different
 */
public record Decision(
        double atSeconds,
        long generation,
        String pool,
        int from,
        int to,
        String reason,
        String bindingConstraint) {

    /**
     * The changes between the plans' generations; repeated plans count once. Each deployment of a
     * run that was resumed begins with 0 workers and counts its own generations.
     */
    public static List<Decision> changes(List<ScalePlan> plans, Instant start) {
        var byDeployment = new LinkedHashMap<String, List<ScalePlan>>();
        plans.forEach(
                plan ->
                        byDeployment
                                .computeIfAbsent(plan.deploymentId(), _ -> new ArrayList<>())
                                .add(plan));
        var out = new ArrayList<Decision>();
        byDeployment.values().forEach(life -> changesOfLife(life, start, out));
        return out;
    }

    private static void changesOfLife(List<ScalePlan> plans, Instant start, List<Decision> out) {
        var desired = new HashMap<String, Integer>();
        long generation = 0;
        for (ScalePlan plan : inOrder(plans)) {
            if (plan.generation() <= generation) {
                continue;
            }
            generation = plan.generation();
            for (PoolPlan pool : plan.pools()) {
                Integer known = desired.put(pool.component(), pool.desired());
                int before = known == null ? 0 : known;
                if (before != pool.desired()) {
                    out.add(change(plan, pool, before, start));
                }
            }
        }
    }

    private static List<ScalePlan> inOrder(List<ScalePlan> plans) {
        return plans.stream().sorted(Comparator.comparingLong(ScalePlan::generation)).toList();
    }

    private static Decision change(ScalePlan plan, PoolPlan pool, int before, Instant start) {
        double seconds = Duration.between(start, plan.at()).toMillis() / 1000.0;
        return new Decision(
                Math.max(0, seconds),
                plan.generation(),
                pool.component(),
                before,
                pool.desired(),
                pool.reason(),
                pool.bindingConstraint());
    }
}
