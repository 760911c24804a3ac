package io.scalable.benchmarks;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.contracts.scaling.PoolObservation.TaskCounts;
import io.scalable.planning.CapacityPlanner;
import io.scalable.planning.DeploymentPlanner;
import io.scalable.planning.estimate.WorkEstimator;
import io.scalable.testkit.ADeployment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Times the planner alone, in one JVM: the first plan of a large run, and decision ticks. */
public final class Planning {

    private static final int PLANS = 5;
    private static final int TICKS = 60;

    private Planning() {}

    public static void main(String[] args) {
        System.out.printf("100 pools x 10,000 tasks planned in, ms:%s%n", plans());
        System.out.printf("a tick of 1,000 pools, ms:%s%n", ticks());
    }

    private static String plans() {
        DeploymentSpec spec = deployment(100, 10_000);
        var times = new StringBuilder();
        for (int i = 0; i < PLANS; i++) {
            long begin = System.nanoTime();
            var plan =
                    new CapacityPlanner()
                            .capacity(spec, new WorkEstimator(spec), ADeployment.START);
            times.append(since(begin));
            if (plan.workers().size() != 100) {
                throw new IllegalStateException("a pool has no plan");
            }
        }
        return times.toString();
    }

    private static String ticks() {
        DeploymentSpec spec = deployment(1000, 100);
        var planner = new DeploymentPlanner(spec);
        var first = planner.begin(ADeployment.START);
        var times = new StringBuilder();
        for (int tick = 1; first.isPresent() && tick <= TICKS; tick++) {
            PoolDemand line = demand(spec, tick);
            long begin = System.nanoTime();
            var unused = planner.observe(line, line.at());
            times.append(since(begin));
        }
        return times.toString();
    }

    private static DeploymentSpec deployment(int pools, int tasks) {
        var deployment = ADeployment.aDeployment();
        for (int i = 0; i < pools; i++) {
            deployment.pool("p" + i, 64).tasks("p" + i, "p" + i, tasks, 10.0);
        }
        return deployment.build();
    }

    /** Eight running tasks in every pool, and one done with each second. */
    private static PoolDemand demand(DeploymentSpec spec, int second) {
        var pools = new ArrayList<PoolObservation>();
        for (var component : spec.components()) {
            int ready = Math.max(0, 90 - second);
            var counts = new TaskCounts(component.name(), 0, ready, 0, 8, 2 + second, 0, 0);
            pools.add(
                    new PoolObservation(
                            component.name(),
                            ready,
                            0,
                            8,
                            0,
                            Collections.nCopies(8, 1.0),
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(counts)));
        }
        return new PoolDemand(
                spec.deploymentId(),
                ADeployment.START.plusSeconds(second),
                "observe",
                second,
                pools,
                List.of(),
                List.of());
    }

    private static String since(long begin) {
        return " %d".formatted(Math.round((System.nanoTime() - begin) / 1e6));
    }
}
