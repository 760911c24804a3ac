package io.scalable.planning;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The worker counts that a plan chooses from. One number, the level, stands for all pools: level 1
 * is one worker each, the top level as many as their tasks and bounds allow, and between them all
 * pools grow in proportion.
 */
final class Candidates {

    /**
     * Worker counts and what they would lead to.
     *
     * @param workers the count of each pool that has work
     * @param seconds until all work is done
     * @param cost worker-seconds, starting and waiting included
     */
    record Candidate(Map<String, Integer> workers, double seconds, double cost) {}

    private static final double STEP = 1.3;

    private final List<Stage> work;
    private final List<PoolWork> pools;
    private final Depths depths;
    private final int cap;
    private final Map<String, Integer> largest = new LinkedHashMap<>();

    /** Pools that take turns under a small cap cannot be faster than the cap allows, seconds. */
    private final double least;

    private final int top;

    /**
     * @param cap the most workers over all pools
     */
    Candidates(List<Stage> work, List<PoolWork> pools, int cap) {
        this.work = work;
        this.cap = cap;
        this.depths = new Depths(work);
        this.pools = pools.stream().filter(p -> depths.peak(p.component()) > 0).toList();
        for (PoolWork pool : this.pools) {
            int wanted = pool.workersFor(depths.peak(pool.component()));
            largest.put(pool.component(), Math.max(1, pool.bounds().clamp(wanted)));
        }
        least = workerSeconds() / cap;
        top = largest.values().stream().mapToInt(Integer::intValue).max().orElse(1);
    }

    /** The level at which every pool is as large as its tasks and bounds allow. */
    int top() {
        return top;
    }

    /** Levels from 1 to the top, close together at first. */
    Iterable<Integer> levels() {
        var levels = new TreeSet<Integer>();
        for (double level = 1; level < top; level = Math.max(level + 1, level * STEP)) {
            levels.add((int) level);
        }
        levels.add(top);
        return levels;
    }

    Candidate at(int level) {
        var workers = new LinkedHashMap<String, Integer>();
        for (PoolWork pool : pools) {
            int most = largest.getOrDefault(pool.component(), 1);
            int count = (int) Math.ceilDiv((long) most * level, (long) top);
            workers.put(pool.component(), Math.max(1, pool.bounds().clamp(count)));
        }
        fitCap(workers);
        return evaluate(workers);
    }

    /** Pools whose work comes at the same time share the cap by their work, one each at least. */
    private void fitCap(Map<String, Integer> workers) {
        for (List<Stage> level : depths.levels()) {
            var seconds = new HashMap<String, Double>();
            level.forEach(s -> seconds.merge(s.component(), s.work(), Double::sum));
            double all = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
            int wanted = seconds.keySet().stream().mapToInt(c -> workers.getOrDefault(c, 0)).sum();
            if (wanted > cap) {
                seconds.forEach(
                        (component, s) -> {
                            int share = Math.max(1, (int) (cap * s / all));
                            workers.merge(component, share, Math::min);
                        });
            }
        }
    }

    /** What {@code workers} would lead to; a pool without any gets one when its work comes. */
    Candidate evaluate(Map<String, Integer> workers) {
        var slots = new HashMap<String, SlotTimeline>();
        for (PoolWork pool : pools) {
            slots.put(
                    pool.component(),
                    pool.crew().timeline(workers.getOrDefault(pool.component(), 0)));
        }
        Forecast forecast = ListSchedule.run(work, slots);
        double cost = 0;
        Map<String, Double> spans = forecast.spans();
        for (PoolWork pool : pools) {
            int count = workers.getOrDefault(pool.component(), 1);
            cost += count * (pool.crew().startDelay() + spans.getOrDefault(pool.component(), 0.0));
        }
        return new Candidate(workers, Math.max(forecast.completion(), least), cost);
    }

    private double workerSeconds() {
        Map<String, Integer> slots = new HashMap<>();
        pools.forEach(p -> slots.put(p.component(), p.crew().slotsPerWorker()));
        double seconds = 0;
        for (Stage stage : work) {
            Integer each = slots.get(stage.component());
            seconds += each == null ? 0 : stage.work() / each;
        }
        return seconds;
    }
}
