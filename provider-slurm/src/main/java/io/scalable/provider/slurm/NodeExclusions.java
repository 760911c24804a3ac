package io.scalable.provider.slurm;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Nodes that fail their workers, and are left out of new jobs for a while: after two failures
 * within ten minutes, for half an hour. Pure; not thread-safe.
 */
final class NodeExclusions {

    private static final int FAILURES = 2;
    private static final Duration WITHIN = Duration.ofMinutes(10);
    private static final Duration FOR = Duration.ofMinutes(30);

    private final Map<String, List<Instant>> failures = new HashMap<>();
    private final Map<String, Instant> until = new HashMap<>();

    /** A worker failed on a node; true if the node is excluded from now on and was not before. */
    boolean failed(String node, Instant now) {
        if (node.isEmpty()) {
            return false;
        }
        List<Instant> recent = failures.computeIfAbsent(node, _ -> new ArrayList<>());
        recent.removeIf(at -> at.plus(WITHIN).isBefore(now));
        recent.add(now);
        if (recent.size() < FAILURES) {
            return false;
        }
        recent.clear();
        Instant before = until.put(node, now.plus(FOR));
        return before == null || before.isBefore(now);
    }

    /** The nodes excluded at {@code now}, by name. */
    List<String> at(Instant now) {
        until.values().removeIf(end -> !now.isBefore(end));
        return until.keySet().stream().sorted().toList();
    }
}
