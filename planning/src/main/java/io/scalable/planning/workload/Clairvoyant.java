package io.scalable.planning.workload;

import io.scalable.planning.estimate.Economics;
import io.scalable.planning.simulation.Outcome;
import io.scalable.planning.simulation.ProviderModel;
import io.scalable.planning.simulation.Trace;
import io.scalable.planning.simulation.TraceTask;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;

/**
 * What perfect knowledge makes of a workload: workers come exactly when they are needed, and the
 * worker counts with the best score are known. Tasks begin first in first out, none before a
 * typical start has passed.
 */
public final class Clairvoyant {

    private static final int[] GRID = {1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32};

    /** Larger workloads are not searched pool by pool. */
    private static final int LARGE = 2000;

    /**
     * A schedule's cost and time.
     *
     * @param cost billed worker-seconds times price, start fees included
     * @param seconds the makespan of a graph, the mean response time of a stream
     */
    public record Point(double cost, double seconds) {
        /** The mean of the regrets of cost and time: 1 is as good as this. */
        public double regret(Outcome outcome, boolean graph) {
            double time = graph ? outcome.makespan() : outcome.meanResponse();
            return Math.sqrt(outcome.cost() / cost * time / seconds);
        }
    }

    private record Event(double at, boolean ends, int task) {}

    private final Trace trace;
    private final Economics economics;
    private final List<String> pools;
    private final int[] poolOf;
    private final int[] most;
    private final int[][] children;
    private final Map<List<Integer>, Point> known = new HashMap<>();

    private Clairvoyant(Trace trace, ProviderModel provider) {
        this.trace = trace;
        economics = provider.economics();
        pools = List.copyOf(trace.pools().keySet());
        int n = trace.tasks().size();
        poolOf = new int[n];
        most = new int[pools.size()];
        var childrenOf = new ArrayList<List<Integer>>();
        for (TraceTask task : trace.tasks()) {
            poolOf[task.id()] = pools.indexOf(task.pool());
            most[poolOf[task.id()]]++;
            childrenOf.add(new ArrayList<>());
            task.parents().forEach(p -> childrenOf.get(p).add(task.id()));
        }
        children =
                childrenOf.stream()
                        .map(c -> c.stream().mapToInt(Integer::intValue).toArray())
                        .toArray(int[][]::new);
        for (int p = 0; p < most.length; p++) {
            most[p] = Math.min(most[p], provider.maximum());
        }
    }

    /** The point with the best product of cost and time. */
    public static Point balance(Trace trace, ProviderModel provider) {
        return new Clairvoyant(trace, provider).best(0.5);
    }

    /**
     * The point with the best weighted sum of logarithms.
     *
     * @param timeWeight from 0 (cost alone) to 1 (time alone)
     */
    public static Point best(Trace trace, ProviderModel provider, double timeWeight) {
        return new Clairvoyant(trace, provider).best(timeWeight);
    }

    private Point best(double weight) {
        int[] best = {};
        double least = Double.POSITIVE_INFINITY;
        for (int step : GRID) {
            int[] counts = Arrays.stream(most).map(m -> Math.min(m, step)).toArray();
            double score = score(counts, weight);
            if (score < least) {
                least = score;
                best = counts;
            }
        }
        for (int pass = 0; pass < 2 && trace.tasks().size() < LARGE; pass++) {
            for (int p = 0; p < most.length; p++) {
                for (int step : GRID) {
                    int[] counts = best.clone();
                    counts[p] = Math.min(step, most[p]);
                    double score = score(counts, weight);
                    if (score < least - 1e-12) {
                        least = score;
                        best = counts;
                    }
                }
            }
        }
        return point(best);
    }

    private double score(int[] counts, double weight) {
        Point point = point(counts);
        return (1 - weight) * Math.log(point.cost()) + weight * Math.log(point.seconds());
    }

    private Point point(int[] counts) {
        return known.computeIfAbsent(Arrays.stream(counts).boxed().toList(), k -> evaluate(counts));
    }

    private Point evaluate(int[] counts) {
        double[] begins = begins(counts);
        double cost = 0;
        double last = 0;
        double response = 0;
        for (int p = 0; p < counts.length; p++) {
            var busy = new ArrayList<double[]>();
            for (TraceTask task : trace.tasks()) {
                if (poolOf[task.id()] == p) {
                    double end = begins[task.id()] + task.runtime();
                    busy.add(new double[] {begins[task.id()], end});
                    last = Math.max(last, end);
                    response += end - task.submit();
                }
            }
            busy.sort(
                    Comparator.comparingDouble((double[] b) -> b[0])
                            .thenComparingDouble(b -> b[1]));
            cost +=
                    Objects.requireNonNull(trace.pools().get(pools.get(p))).price()
                            * cheapest(busy);
        }
        return new Point(cost, trace.graph() ? last : response / trace.tasks().size());
    }

    private double[] begins(int[] counts) {
        int n = poolOf.length;
        int[] free = counts.clone();
        int[] waits = new int[n];
        double[] begins = new double[n];
        var queues = new ArrayList<Deque<Integer>>();
        for (int p = 0; p < counts.length; p++) {
            queues.add(new ArrayDeque<>());
        }
        var events =
                new PriorityQueue<Event>(
                        Comparator.comparingDouble(Event::at)
                                .thenComparing(Event::ends)
                                .thenComparingInt(Event::task));
        for (TraceTask task : trace.tasks()) {
            waits[task.id()] = task.parents().size();
            if (waits[task.id()] == 0) {
                double at = Math.max(task.submit(), economics.startSeconds());
                events.add(new Event(at, false, task.id()));
            }
        }
        while (!events.isEmpty()) {
            Event event = events.remove();
            int p = poolOf[event.task()];
            if (event.ends()) {
                free[p]++;
                for (int child : children[event.task()]) {
                    if (--waits[child] == 0) {
                        events.add(new Event(event.at(), false, child));
                    }
                }
            } else {
                queues.get(p).add(event.task());
            }
            while (free[p] > 0 && !queues.get(p).isEmpty()) {
                int task = queues.get(p).remove();
                free[p]--;
                begins[task] = event.at();
                double end = event.at() + trace.tasks().get(task).runtime();
                events.add(new Event(end, true, task));
            }
        }
        return begins;
    }

    /**
     * The least that workers cost which are busy at these times, whatever gap they are kept over.
     */
    private double cheapest(List<double[]> busy) {
        double start = economics.billedStartSeconds();
        double minimum = economics.minimumSeconds();
        double best = Double.POSITIVE_INFINITY;
        for (double kept :
                new double[] {
                    start,
                    start + 0.5 * minimum,
                    start + minimum,
                    4 * (start + minimum),
                    Double.POSITIVE_INFINITY
                }) {
            best = Math.min(best, cost(busy, kept));
        }
        return best;
    }

    /** Workers as sessions {begin, end}; of those that are free the one freed last goes on. */
    private double cost(List<double[]> busy, double kept) {
        var sessions = new ArrayList<double[]>();
        double cost = 0;
        for (double[] task : busy) {
            int last = sessions.size() - 1;
            while (last >= 0 && sessions.get(last)[1] > task[0] + 1e-9) {
                last--;
            }
            double begin = task[0];
            if (last >= 0 && task[0] - sessions.get(last)[1] <= kept) {
                begin = sessions.remove(last)[0];
            } else {
                // Whoever is free too long now is so for all that follow.
                for (int i = last; i >= 0; i--) {
                    cost += bill(sessions.remove(i));
                }
            }
            int place = sessions.size();
            while (place > 0 && sessions.get(place - 1)[1] > task[1]) {
                place--;
            }
            sessions.add(place, new double[] {begin, task[1]});
        }
        for (double[] session : sessions) {
            cost += bill(session);
        }
        return cost;
    }

    private double bill(double[] session) {
        double seconds = session[1] - session[0] + economics.billedStartSeconds();
        return economics.bill(seconds) + economics.startFeeSeconds();
    }
}
