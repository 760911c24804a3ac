package io.scalable.planning;

import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.contracts.scaling.PoolObservation.IdleWorker;
import io.scalable.contracts.scaling.PoolObservation.StartingWorker;
import io.scalable.contracts.scaling.PoolObservation.TaskCounts;
import io.scalable.testkit.ADeployment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Builds a demand line with verbs. */
final class Demand {

    private final double at;
    private final List<PoolObservation> pools = new ArrayList<>();

    private Demand(double at) {
        this.at = at;
    }

    /** A line {@code seconds} after the deployment was created. */
    static Demand after(double seconds) {
        return new Demand(seconds);
    }

    /** A pool with one task name, its own. */
    Demand pool(String name, int ready, int running, int idle, int starting, int done) {
        return pool(name, 0, ready, running, idle, starting, done, List.of(), List.of());
    }

    Demand pool(
            String name,
            int blocked,
            int ready,
            int running,
            int idle,
            int starting,
            int done,
            List<Double> completed,
            List<Double> started) {
        var idleWorkers = new ArrayList<IdleWorker>();
        for (int i = 0; i < idle; i++) {
            idleWorkers.add(new IdleWorker(name + "-idle-" + i, at, at));
        }
        var startingWorkers = new ArrayList<StartingWorker>();
        for (int i = 0; i < starting; i++) {
            startingWorkers.add(new StartingWorker(name + "-" + at + "-" + i, 0));
        }
        var ages = new ArrayList<Double>();
        for (int i = 0; i < running; i++) {
            ages.add(1.0);
        }
        var counts = new TaskCounts(name, blocked, ready, 0, running, done, 0, 0);
        pools.add(
                new PoolObservation(
                        name,
                        ready,
                        blocked,
                        running + idle + starting,
                        0,
                        ages,
                        idleWorkers,
                        startingWorkers,
                        completed,
                        started,
                        List.of(counts)));
        return this;
    }

    Instant at() {
        return ADeployment.START.plusMillis(Math.round(at * 1000));
    }

    PoolDemand line() {
        return new PoolDemand("run-1", at(), "observe", at, pools, List.of(), List.of());
    }
}
