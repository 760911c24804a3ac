package io.scalable.planning.workload;

import io.scalable.planning.simulation.Trace;
import io.scalable.planning.simulation.TraceTask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** Streams of tasks drawn at random: one to three pools, some hundreds of tasks. */
final class StreamWorkloads {

    private record Arrival(double at, int pool, double seconds) {}

    private final String name;
    private final Random random;
    private final List<Arrival> arrivals = new ArrayList<>();

    StreamWorkloads(String name, Random random) {
        this.name = name;
        this.random = random;
    }

    Trace draw(WorkloadFamily family) {
        int pools = 1 + random.nextInt(3);
        int tasks = (int) between(80, 600) / pools;
        for (int pool = 0; pool < pools; pool++) {
            double median = between(2, 300);
            var seconds = DrawnDurations.of(random, median, between(0.1, 1));
            double load = between(0.3, 12);
            double gap = median / load;
            switch (family) {
                case POISSON -> stream(pool, tasks, gap, seconds, t -> 1);
                case BURSTS -> bursts(pool, tasks, gap, seconds);
                case DIURNAL -> {
                    double period = gap * tasks / between(1, 4);
                    double depth = 0.5 + 0.5 * random.nextDouble();
                    stream(
                            pool,
                            tasks,
                            gap,
                            seconds,
                            t -> 1 + depth * Math.sin(2 * Math.PI * t / period));
                }
                case SPARSE -> stream(pool, tasks / 3, median * between(2, 30), seconds, t -> 1);
                case HEAVY_TAILED -> {
                    var heavy = DrawnDurations.of(random, median / 3, between(1.3, 2));
                    stream(pool, tasks, gap, heavy, t -> 1);
                }
                case CHAIN, FORK_JOIN, MONTAGE, WIDE_NARROW, ITERATIVE ->
                        throw new IllegalArgumentException(family + " is a graph");
            }
        }
        arrivals.sort(Comparator.comparingDouble(Arrival::at));
        var trace = new ArrayList<TraceTask>();
        for (Arrival a : arrivals) {
            String pool = "p%02d".formatted(a.pool());
            trace.add(new TraceTask(trace.size(), pool, a.at(), List.of(), a.seconds(), 1));
        }
        return new Trace(name, false, trace);
    }

    /**
     * @param rate what the constant rate is multiplied by at a moment, 0 to 2
     */
    private void stream(
            int pool, int tasks, double gap, DrawnDurations seconds, DoubleUnaryOperator rate) {
        double at = 0;
        for (int n = 0; n < tasks; ) {
            // Candidates come twice as often and are taken as often as the rate says.
            at += -Math.log(1 - random.nextDouble()) * gap / 2;
            if (random.nextDouble() < rate.applyAsDouble(at) / 2) {
                arrivals.add(new Arrival(at, pool, seconds.draw()));
                n++;
            }
        }
    }

    private void bursts(int pool, int tasks, double gap, DrawnDurations seconds) {
        double size = between(5, 60);
        double at = 0;
        for (int n = 0; n < tasks; ) {
            at += -Math.log(1 - random.nextDouble()) * gap * size;
            int burst = 1 + (int) (-Math.log(1 - random.nextDouble()) * size);
            for (int i = 0; i < burst && n < tasks; i++, n++) {
                double later = random.nextDouble() * gap * size / 20;
                arrivals.add(new Arrival(at + later, pool, seconds.draw()));
            }
        }
    }

    private double between(double least, double most) {
        return DrawnDurations.between(random, least, most);
    }
}
