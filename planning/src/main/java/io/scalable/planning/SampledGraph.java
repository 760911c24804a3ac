package io.scalable.planning;

import io.scalable.contracts.deployment.Need;
import io.scalable.planning.estimate.Stage;
import io.scalable.planning.estimate.WorkEstimator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The task graph as parts that become ready together, ready to be played through many scenarios.
 * Tasks that need only those of their own key are followed in a few parts, so that a pipeline
 * overlaps; any other need waits for the whole stage.
 */
final class SampledGraph {

    private static final int PARTS = 8;

    private record Part(int number, int pool, int count, int place, DurationDraws draws) {}

    private record Ready(double at, Part part) implements Comparable<Ready> {
        @Override
        public int compareTo(Ready other) {
            int byTime = Double.compare(at, other.at);
            return byTime != 0 ? byTime : Integer.compare(part.number, other.part.number);
        }
    }

    private final List<Part> parts = new ArrayList<>();
    private final List<List<Part>> children = new ArrayList<>();
    private final List<Integer> parents = new ArrayList<>();

    /**
     * @param pools the place of each component's pool
     */
    SampledGraph(List<Stage> work, Map<String, Integer> pools, WorkEstimator estimator) {
        Set<String> keyed = new HashSet<>();
        for (Stage stage : work) {
            for (Need need : stage.needs()) {
                if (need.groupKey() != null) {
                    keyed.add(stage.task());
                    keyed.add(need.task());
                }
            }
        }
        Map<String, List<Part>> ofTask = new HashMap<>();
        for (Stage stage : work) {
            Integer pool = pools.get(stage.component());
            if (pool != null) {
                int wanted = keyed.contains(stage.task()) ? PARTS : 1;
                ofTask.put(stage.task(), split(stage, pool, wanted, estimator));
            }
        }
        work.forEach(stage -> link(stage, ofTask));
    }

    private List<Part> split(Stage stage, int pool, int wanted, WorkEstimator estimator) {
        var draws =
                new DurationDraws(
                        estimator.duration(stage.task(), stage.component()),
                        estimator.turnaroundSeconds());
        var all = new ArrayList<Part>();
        int count = stage.waiting();
        int n = Math.min(wanted, count);
        int place = 31 * parts.size();
        for (int i = 0; i < n; i++) {
            int from = (int) ((long) count * i / n);
            int to = (int) ((long) count * (i + 1) / n);
            var part = new Part(parts.size(), pool, to - from, place + from, draws);
            all.add(part);
            parts.add(part);
            children.add(new ArrayList<>());
            parents.add(0);
        }
        return all;
    }

    private void link(Stage stage, Map<String, List<Part>> ofTask) {
        List<Part> waiting = ofTask.getOrDefault(stage.task(), List.of());
        for (Need need : stage.needs()) {
            List<Part> needed = ofTask.getOrDefault(need.task(), List.of());
            for (int i = 0; i < waiting.size(); i++) {
                boolean whole = need.groupKey() == null || i == waiting.size() - 1;
                int from = whole ? 0 : needed.size() * i / waiting.size();
                int to = whole ? needed.size() : needed.size() * (i + 1) / waiting.size();
                Part child = waiting.get(i);
                for (Part parent : needed.subList(from, to)) {
                    children.get(parent.number()).add(child);
                }
                parents.set(child.number(), parents.get(child.number()) + to - from);
            }
        }
    }

    /**
     * When everything is done in one scenario; infinite if some tasks can never start.
     *
     * @param slots of each pool; they are used up
     * @param scenario its number
     * @param headroom what all work is multiplied by
     */
    double play(SampledSlots[] slots, int scenario, double headroom) {
        int[] waits = parents.stream().mapToInt(Integer::intValue).toArray();
        double[] readyAt = new double[waits.length];
        var queue = new PriorityQueue<Ready>();
        for (Part part : parts) {
            if (waits[part.number()] == 0) {
                queue.add(new Ready(0, part));
            }
        }
        double end = 0;
        int played = 0;
        for (@Nullable Ready next = queue.poll(); next != null; next = queue.poll()) {
            Part part = next.part();
            played++;
            double factor = headroom * part.draws().factor(97 * scenario + 13 * part.pool());
            int place = part.place() + 613 * scenario;
            double done =
                    slots[part.pool()].run(part.count(), next.at(), part.draws(), place, factor);
            end = Math.max(end, done);
            for (Part child : children.get(part.number())) {
                int number = child.number();
                readyAt[number] = Math.max(readyAt[number], done);
                if (--waits[number] == 0) {
                    queue.add(new Ready(readyAt[number], child));
                }
            }
        }
        return played < parts.size() ? Double.POSITIVE_INFINITY : end;
    }
}
