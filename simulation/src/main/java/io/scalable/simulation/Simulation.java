package io.scalable.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Histories of many seeds, and what came of them. */
final class Simulation {

    /** A seed whose history broke an invariant. */
    record Broken(long seed, String invariant, String message) {}

    private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    private final List<Broken> broken = new ArrayList<>();
    private long seeds;

    /** Plays one seed to its end, or until an invariant breaks. */
    void play(long seed) {
        seeds++;
        var world = new World(seed, false);
        try {
            world.live();
        } catch (BrokenInvariant e) {
            broken.add(new Broken(seed, e.invariant(), String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            broken.add(new Broken(seed, "NoCommandFails", e.toString()));
        }
        world.faults.counts().forEach((fault, n) -> faults.merge(fault, (long) n, Long::sum));
    }

    List<Broken> broken() {
        return broken;
    }

    /** How often each fault happened. */
    Map<Fault, Long> faults() {
        return faults;
    }

    /** The last moves of a seed's history, oldest first. */
    static List<String> trace(long seed) {
        var world = new World(seed, true);
        try {
            world.live();
        } catch (BrokenInvariant | RuntimeException e) {
            world.trace("broken", e);
        }
        return world.trace();
    }

    /** One line: seeds, faults by kind, broken invariants. */
    String summary() {
        var byInvariant = new TreeMap<String, Integer>();
        broken.forEach(b -> byInvariant.merge(b.invariant(), 1, Integer::sum));
        long all = faults.values().stream().mapToLong(Long::longValue).sum();
        return "%d seeds, %d faults %s, %d invariants broken %s"
                .formatted(seeds, all, faults, broken.size(), byInvariant);
    }
}
