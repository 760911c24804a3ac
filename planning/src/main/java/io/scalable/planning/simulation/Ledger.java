package io.scalable.planning.simulation;

import io.scalable.planning.estimate.Economics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts what a simulated run costs and does. */
final class Ledger {

    private static final double FLAP_SECONDS = 300;

    private final Economics economics;
    private final Map<String, Double> billedSeconds = new HashMap<>();
    private double cost;
    private double workerSeconds;
    private double coreSeconds;
    private int actions;
    private int flaps;
    private int wasted;
    private int starts;

    Ledger(Economics economics) {
        this.economics = economics;
    }

    /** How many workers were asked for. */
    int starts() {
        return starts;
    }

    void started(SimulatedPool pool) {
        starts++;
        pay(economics.startFeeSeconds(), pool.shape);
    }

    void left(SimulatedWorker worker, double now) {
        wasted += worker.ran ? 0 : 1;
        double billed = economics.bill(now - worker.billedFrom);
        pay(billed, worker.pool.shape);
        billedSeconds.merge(worker.pool.name, billed, Double::sum);
    }

    void grew(SimulatedPool pool, double now) {
        flaps += now - pool.lastDown < FLAP_SECONDS ? 1 : 0;
    }

    void acted() {
        actions++;
    }

    private void pay(double seconds, TracePool shape) {
        workerSeconds += seconds;
        cost += seconds * shape.price();
        coreSeconds += seconds * shape.cores();
    }

    /** The sum of it all; tasks that never began or ended count until {@code now}. */
    Outcome outcome(List<Job> jobs, boolean finished, double now) {
        double[] waits =
                jobs.stream()
                        .mapToDouble(j -> (j.hasStarted() ? j.startedAt : now) - j.readyAt)
                        .sorted()
                        .toArray();
        double response =
                jobs.stream()
                        .mapToDouble(j -> (j.endedAt < 0 ? now : j.endedAt) - j.task.submit())
                        .average()
                        .orElse(0);
        return new Outcome(
                finished,
                now,
                response,
                cost,
                workerSeconds,
                coreSeconds / 3600,
                waits.length == 0 ? 0 : waits[waits.length / 2],
                waits.length == 0 ? 0 : waits[(int) (waits.length * 0.99)],
                actions,
                flaps,
                wasted,
                starts,
                billedSeconds);
    }
}
