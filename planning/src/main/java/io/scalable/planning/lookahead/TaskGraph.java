package io.scalable.planning.lookahead;

import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.planning.estimate.WorkEstimator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A graph of tasks that are known one by one, by their ids. */
final class TaskGraph implements Backlog {

    private enum Progress {
        WAITING,
        RUNNING,
        DONE
    }

    private final int[] pool;
    private final int[][] parents;
    private final int[][] children;
    private final Progress[] progress;
    private final double[] startedAt;
    private final Map<String, Integer> places = new HashMap<>();
    private final List<Deque<Integer>> running = new ArrayList<>();
    private final WorkEstimator estimator;

    /**
     * @param tasks in topological order
     * @param pools the pools' places by name
     * @param estimator what is known of the durations; it has learned from a line before this sees
     *     it
     * @throws IllegalArgumentException if a task names an unknown pool or parent
     */
    TaskGraph(List<GraphTask> tasks, Map<String, Integer> pools, WorkEstimator estimator) {
        this.estimator = estimator;
        int n = tasks.size();
        pool = new int[n];
        parents = new int[n][];
        progress = new Progress[n];
        startedAt = new double[n];
        var childrenOf = new ArrayList<List<Integer>>();
        for (int i = 0; i < n; i++) {
            GraphTask task = tasks.get(i);
            pool[i] = place(pools, task.pool(), "pool", task);
            parents[i] =
                    task.parents().stream()
                            .mapToInt(parent -> place(places, parent, "parent", task))
                            .toArray();
            places.put(task.id(), i);
            progress[i] = Progress.WAITING;
            childrenOf.add(new ArrayList<>());
            for (int parent : parents[i]) {
                childrenOf.get(parent).add(i);
            }
        }
        children =
                childrenOf.stream()
                        .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                        .toArray(int[][]::new);
        pools.forEach((name, place) -> running.add(new ArrayDeque<>()));
    }

    private static int place(Map<String, Integer> places, String name, String what, GraphTask of) {
        Integer place = places.get(name);
        if (place == null) {
            throw new IllegalArgumentException(
                    "task '%s' names an unknown %s '%s'".formatted(of.id(), what, name));
        }
        return place;
    }

    @Override
    public Outstanding outstanding(PoolDemand demand, PoolObservation[] seen) {
        observe(demand);
        double now = demand.nowSeconds();
        int n = seen.length;
        var durations = new TaskDurations[n];
        boolean[] known = new boolean[n];
        double[] mean = new double[n];
        double[][] residuals = new double[n][];
        double[][][] residualDraws = new double[Scenarios.COUNT][n][];
        for (int p = 0; p < n; p++) {
            double[] ages = seen[p].runningSeconds().stream().mapToDouble(a -> a).toArray();
            String pool = seen[p].pool();
            TaskDurations own = TaskDurations.of(estimator, pool, pool, ages);
            durations[p] = own;
            known[p] = own.known();
            mean[p] = own.mean();
            residuals[p] = Arrays.stream(ages).map(own::residual).toArray();
            for (int s = 0; s < Scenarios.COUNT; s++) {
                int scenario = s;
                residualDraws[s][p] =
                        Arrays.stream(ages).map(a -> own.residualDraw(a, scenario)).toArray();
            }
            ages(p, ages, now);
        }
        return new Outstanding(
                work(durations, now), remaining(), known, mean, residuals, residualDraws);
    }

    /** Takes in what began and what ended; ids that the graph does not have are ignored. */
    private void observe(PoolDemand demand) {
        for (String id : demand.tasksStarted()) {
            Integer task = places.get(id);
            if (task != null && progress[task] == Progress.WAITING) {
                progress[task] = Progress.RUNNING;
                startedAt[task] = demand.nowSeconds();
                running.get(pool[task]).add(task);
            }
        }
        for (String id : demand.tasksDone()) {
            Integer task = places.get(id);
            if (task != null) {
                progress[task] = Progress.DONE;
                running.get(pool[task]).remove(task);
            }
        }
    }

    /** The oldest attempts belong to the tasks that began first. */
    private void ages(int p, double[] ages, double now) {
        double[] ascending = ages.clone();
        Arrays.sort(ascending);
        int i = ascending.length;
        for (int task : running.get(p)) {
            if (i > 0) {
                startedAt[task] = now - ascending[--i];
            }
        }
    }

    /** How many tasks of each pool have not ended. */
    private int[] remaining() {
        int[] remaining = new int[running.size()];
        for (int i = 0; i < pool.length; i++) {
            remaining[pool[i]] += progress[i] == Progress.DONE ? 0 : 1;
        }
        return remaining;
    }

    /** What is left to do, by what is known of the pools' durations. */
    private Work work(TaskDurations[] durations, double now) {
        int[] place = new int[pool.length];
        int n = 0;
        for (int i = 0; i < pool.length; i++) {
            place[i] = progress[i] == Progress.DONE ? -1 : n++;
        }
        var work =
                new Work(
                        new int[n],
                        new double[n],
                        new boolean[n],
                        new int[n],
                        new int[n][],
                        new double[Scenarios.COUNT][n]);
        int[] seen = new int[running.size()];
        for (int i = 0; i < pool.length; i++) {
            int at = place[i];
            if (at >= 0) {
                TaskDurations own = durations[pool[i]];
                boolean runs = progress[i] == Progress.RUNNING;
                work.pool()[at] = pool[i];
                work.running()[at] = runs;
                double age = now - startedAt[i];
                int nth = runs ? 0 : ++seen[pool[i]];
                work.seconds()[at] = runs ? own.residual(age) : own.typical(nth);
                for (int s = 0; s < Scenarios.COUNT; s++) {
                    work.draws()[s][at] = runs ? own.residualDraw(age, s) : own.draw(nth, s);
                }
                work.waitsFor()[at] = runs ? 0 : unfinished(parents[i]);
                work.children()[at] = places(children[i], place);
            }
        }
        return work;
    }

    private int unfinished(int[] tasks) {
        int count = 0;
        for (int task : tasks) {
            count += progress[task] == Progress.DONE ? 0 : 1;
        }
        return count;
    }

    private static int[] places(int[] tasks, int[] place) {
        int[] found = new int[tasks.length];
        int n = 0;
        for (int task : tasks) {
            if (place[task] >= 0) {
                found[n++] = place[task];
            }
        }
        return n == found.length ? found : Arrays.copyOf(found, n);
    }
}
