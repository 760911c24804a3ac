package io.scalable.dispatcher.domain;

import io.scalable.dispatcher.domain.WorkerEntry.Phase;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The workers of one pool: who is in which phase, and the ready ones by how much they hold. */
final class WorkerPool {

    private final Map<Phase, Set<String>> phases = new EnumMap<>(Phase.class);
    private final Map<String, Rank> ranks = new HashMap<>();
    private final TreeSet<Rank> ready = new TreeSet<>();
    private final Set<String> overfull = new LinkedHashSet<>();

    /** A ready worker's place: the one with the most room first. */
    private record Rank(double fill, String workerId) implements Comparable<Rank> {
        private static final Comparator<Rank> ORDER =
                Comparator.comparingDouble(Rank::fill).thenComparing(Rank::workerId);

        @Override
        public int compareTo(Rank other) {
            return ORDER.compare(this, other);
        }
    }

    void add(String workerId, Phase phase) {
        phases.computeIfAbsent(phase, _ -> new LinkedHashSet<>()).add(workerId);
    }

    void remove(String workerId, Phase phase) {
        phases.getOrDefault(phase, new LinkedHashSet<>()).remove(workerId);
        overfull.remove(workerId);
    }

    /** The workers in a phase, in the order in which they came into it. */
    Set<String> in(Phase phase) {
        return phases.getOrDefault(phase, Set.of());
    }

    /** Gives a ready worker its place; null takes it out. */
    void rank(String workerId, @Nullable Double fill) {
        Rank next = fill == null ? null : new Rank(fill, workerId);
        Rank before = next == null ? ranks.remove(workerId) : ranks.put(workerId, next);
        if (before != null) {
            ready.remove(before);
        }
        if (next != null) {
            ready.add(next);
        }
    }

    /** Notes whether the worker holds more than it can run at a time. */
    void overfull(String workerId, boolean yes) {
        if (yes) {
            overfull.add(workerId);
        } else {
            overfull.remove(workerId);
        }
    }

    /** The ready workers that hold more than they can run at a time; a copy. */
    List<String> overfull() {
        return List.copyOf(overfull);
    }

    /** The ready workers, the one with the most room first; a view. */
    Iterable<WorkerEntry> ranked(Function<String, WorkerEntry> entries) {
        return () -> {
            Iterator<Rank> all = ready.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return all.hasNext();
                }

                @Override
                public WorkerEntry next() {
                    return entries.apply(all.next().workerId());
                }
            };
        };
    }
}
