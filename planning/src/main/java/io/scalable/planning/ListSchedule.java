package io.scalable.planning;

import io.scalable.contracts.deployment.Need;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Simulates the stages on the given slots: first ready, first served, every task as long as its
 * stage says. Tasks that need only those of their own key are followed in a few parts, so that a
 * pipeline overlaps; any other need waits for the whole stage.
 */
final class ListSchedule {

    /** Into how many parts a stage is cut where only items of one key wait for one another. */
    private static final int PARTS = 8;

    /** Tasks of a stage that become ready together. */
    private static final class Chunk {
        final Stage stage;
        final int count;
        final boolean blocked;
        final int order;
        final List<Chunk> children = new ArrayList<>();
        int waitsFor;
        double readyAt;

        Chunk(Stage stage, int count, boolean blocked, int order) {
            this.stage = stage;
            this.count = count;
            this.blocked = blocked;
            this.order = order;
        }
    }

    private final Map<String, Stage> stages = new LinkedHashMap<>();
    private final Map<String, List<Chunk>> chunks = new HashMap<>();
    private final PriorityQueue<Chunk> ready =
            new PriorityQueue<>(
                    Comparator.<Chunk>comparingDouble(c -> c.readyAt)
                            .thenComparingInt(c -> c.order));
    private int total;

    private ListSchedule(List<Stage> work) {
        Set<String> keyed = keyed(work);
        for (Stage stage : work) {
            stages.put(stage.task(), stage);
            int parts = keyed.contains(stage.task()) ? PARTS : 1;
            var all = new ArrayList<Chunk>();
            split(stage, stage.ready(), false, parts, all);
            split(stage, stage.blocked(), true, parts, all);
            chunks.put(stage.task(), all);
        }
        work.forEach(this::link);
        chunks.values().forEach(cs -> cs.stream().filter(c -> c.waitsFor == 0).forEach(ready::add));
    }

    /**
     * Runs the simulation.
     *
     * @param work the stages, in submit order
     * @param pools the slots of every component that has work; they are used up
     */
    static Forecast run(List<Stage> work, Map<String, SlotTimeline> pools) {
        return new ListSchedule(work).run(pools);
    }

    private Forecast run(Map<String, SlotTimeline> pools) {
        double completion = 0;
        for (Stage stage : stages.values()) {
            completion = Math.max(completion, stage.runningSeconds());
        }
        var batches = new ArrayList<Forecast.Batch>();
        for (Chunk next = ready.poll(); next != null; next = ready.poll()) {
            Stage stage = next.stage;
            SlotTimeline pool = pools.get(stage.component());
            if (pool == null) {
                continue;
            }
            double end = pool.run(next.count, stage.seconds(), next.readyAt);
            completion = Math.max(completion, end);
            batches.add(
                    new Forecast.Batch(
                            stage.component(), next.count, next.blocked, next.readyAt, end));
            for (Chunk child : next.children) {
                child.readyAt = Math.max(child.readyAt, end);
                if (--child.waitsFor == 0) {
                    ready.add(child);
                }
            }
        }
        return new Forecast(
                batches.size() < total ? Double.POSITIVE_INFINITY : completion, batches);
    }

    private static Set<String> keyed(List<Stage> work) {
        var keyed = new HashSet<String>();
        for (Stage stage : work) {
            for (Need need : stage.needs()) {
                if (need.groupKey() != null) {
                    keyed.add(stage.task());
                    keyed.add(need.task());
                }
            }
        }
        return keyed;
    }

    private void split(Stage stage, int tasks, boolean blocked, int parts, List<Chunk> into) {
        int n = Math.min(parts, tasks);
        for (int i = 0; i < n; i++) {
            int count = tasks * (i + 1) / n - tasks * i / n;
            into.add(new Chunk(stage, count, blocked, total++));
        }
    }

    private void link(Stage stage) {
        List<Chunk> all = chunks.getOrDefault(stage.task(), List.of());
        List<Chunk> waiting = all.stream().filter(c -> c.blocked).toList();
        for (Need need : stage.needs()) {
            Stage needed = stages.get(need.task());
            if (needed != null) {
                List<Chunk> parents = chunks.getOrDefault(need.task(), List.of());
                for (int i = 0; i < waiting.size(); i++) {
                    boolean whole = need.groupKey() == null || i == waiting.size() - 1;
                    int from = whole ? 0 : parents.size() * i / waiting.size();
                    int to = parents.size() * (i + 1) / waiting.size();
                    join(waiting.get(i), parents.subList(from, whole ? parents.size() : to));
                    if (whole || parents.isEmpty()) {
                        waiting.get(i).readyAt =
                                Math.max(waiting.get(i).readyAt, needed.runningSeconds());
                    }
                }
            }
        }
    }

    private static void join(Chunk child, List<Chunk> parents) {
        parents.forEach(p -> p.children.add(child));
        child.waitsFor += parents.size();
    }
}
