package io.scalable.provider.slurm;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Nodes that fail a component's workers, and are left out of its new jobs for a while: after two
 * failures within ten minutes, for half an hour. Only where other nodes started the component's
 * workers meanwhile: else the component is at fault, and every node would be left out in its turn.
 * Never more than {@value #MOST} nodes at a time. Told the time; thread-safe.
 */
final class NodeExclusions {

    /** The most nodes that a component leaves out. */
    static final int MOST = 8;

    private static final int FAILURES = 2;
    private static final Duration WITHIN = Duration.ofMinutes(10);
    private static final Duration FOR = Duration.ofMinutes(30);

    private record Node(String component, String name) {}

    private final Map<Node, List<Instant>> failures = new HashMap<>();
    private final Map<Node, Instant> until = new HashMap<>();
    private final Map<Node, Instant> worked = new HashMap<>();
    private final Set<String> told = new HashSet<>();

    /** A worker of a component is ready on a node. */
    synchronized void worked(String component, String node, Instant now) {
        worked.put(new Node(component, node), now);
    }

    /**
     * A worker failed on a node.
     *
     * @param jobId its job, which counts once
     * @return true if the node is excluded from now on and was not before
     */
    synchronized boolean failed(String jobId, String component, String node, Instant now) {
        if (node.isEmpty() || !told.add(jobId)) {
            return false;
        }
        var key = new Node(component, node);
        List<Instant> recent = failures.computeIfAbsent(key, _ -> new ArrayList<>());
        recent.removeIf(at -> at.plus(WITHIN).isBefore(now));
        recent.add(now);
        if (recent.size() < FAILURES
                || !worksElsewhere(key, now)
                || at(component, now).size() >= MOST) {
            return false;
        }
        recent.clear();
        return until.put(key, now.plus(FOR)) == null;
    }

    private boolean worksElsewhere(Node node, Instant now) {
        return worked.entrySet().stream()
                .anyMatch(
                        entry ->
                                entry.getKey().component().equals(node.component())
                                        && !entry.getKey().equals(node)
                                        && entry.getValue().plus(WITHIN).isAfter(now));
    }

    /** The nodes that a component leaves out at {@code now}, by name. */
    synchronized List<String> at(String component, Instant now) {
        until.values().removeIf(end -> !now.isBefore(end));
        return until.keySet().stream()
                .filter(node -> node.component().equals(component))
                .map(Node::name)
                .sorted()
                .toList();
    }
}
