package io.scalable.planning;

import io.scalable.contracts.deployment.Need;
import io.scalable.planning.estimate.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The stages by how many others stand before them. Stages of one depth may run at the same time;
 * those of different depths are taken to follow one another.
 */
final class Depths {

    private final TreeMap<Integer, List<Stage>> byDepth = new TreeMap<>();

    Depths(List<Stage> work) {
        Map<String, Stage> stages = new HashMap<>();
        work.forEach(s -> stages.put(s.task(), s));
        Map<String, Integer> known = new HashMap<>();
        for (Stage stage : work) {
            int depth = depth(stage, stages, known, new HashSet<>());
            byDepth.computeIfAbsent(depth, d -> new ArrayList<>()).add(stage);
        }
    }

    private static int depth(
            Stage stage, Map<String, Stage> stages, Map<String, Integer> known, Set<String> path) {
        Integer found = known.get(stage.task());
        if (found != null) {
            return found;
        }
        int depth = 0;
        if (path.add(stage.task()) && stage.blocked() > 0) {
            for (Need need : stage.needs()) {
                Stage needed = stages.get(need.task());
                if (needed != null) {
                    depth = Math.max(depth, 1 + depth(needed, stages, known, path));
                }
            }
        }
        known.put(stage.task(), depth);
        return depth;
    }

    /** The stages of each depth, the first to run first. */
    Iterable<List<Stage>> levels() {
        return byDepth.values();
    }

    /** The most tasks of {@code component} that may run at the same time. */
    int peak(String component) {
        int peak = 0;
        for (List<Stage> level : levels()) {
            int tasks = 0;
            for (Stage stage : level) {
                if (stage.component().equals(component)) {
                    tasks += stage.waiting() + stage.running();
                }
            }
            peak = Math.max(peak, tasks);
        }
        return peak;
    }
}
