package io.scalable.dispatcher.domain;

import io.scalable.dispatcher.domain.TaskStatus.Ended;
import io.scalable.dispatcher.domain.TaskStatus.Held;
import io.scalable.dispatcher.domain.TaskStatus.Queued;
import io.scalable.dispatcher.domain.WorkerEntry.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The workers, what each holds, and per pool which of the ready ones has the least. */
final class WorkerTable implements TaskIndex {

    private final Map<String, WorkerEntry> entries = new LinkedHashMap<>();
    private final Map<String, Load> loads = new HashMap<>();
    private final Map<String, TreeSet<Rank>> ready = new HashMap<>();

    /** What one worker holds. */
    private static final class Load {
        final LinkedHashSet<String> held = new LinkedHashSet<>();
        @Nullable Instant idleSince;
        @Nullable Rank rank;
    }

    /** A ready worker's place among those of its pool: the least loaded first. */
    private record Rank(double fill, String workerId) implements Comparable<Rank> {
        private static final Comparator<Rank> ORDER =
                Comparator.comparingDouble(Rank::fill).thenComparing(Rank::workerId);

        @Override
        public int compareTo(Rank other) {
            return ORDER.compare(this, other);
        }
    }

    @Override
    public void moved(@Nullable TaskEntry before, TaskEntry after) {
        String from = holder(before);
        String to = holder(after);
        if (from != null && !from.equals(to)) {
            load(from).held.remove(after.taskId());
            rank(from);
        }
        if (to != null && !to.equals(from)) {
            load(to).held.add(after.taskId());
            rank(to);
        }
        noteIdle(from, after);
    }

    void put(WorkerEntry next) {
        entries.put(next.workerId(), next);
        rank(next.workerId());
    }

    @Nullable WorkerEntry get(String workerId) {
        return entries.get(workerId);
    }

    Collection<WorkerEntry> all() {
        return entries.values();
    }

    /** The tasks that a worker holds, in lease order; a copy. */
    List<String> heldBy(String workerId) {
        Load load = loads.get(workerId);
        return load == null ? List.of() : List.copyOf(load.held);
    }

    /** How many tasks a worker holds. */
    int load(WorkerEntry worker) {
        Load load = loads.get(worker.workerId());
        return load == null ? 0 : load.held.size();
    }

    /** The pool's ready workers, the least loaded first; a view. */
    Iterable<WorkerEntry> ready(String component) {
        TreeSet<Rank> ranks = ready.get(component);
        return ranks == null ? List.of() : () -> new Ranked(ranks.iterator());
    }

    /** Workers by rank. */
    private final class Ranked implements Iterator<WorkerEntry> {
        private final Iterator<Rank> ranks;

        Ranked(Iterator<Rank> ranks) {
            this.ranks = ranks;
        }

        @Override
        public boolean hasNext() {
            return ranks.hasNext();
        }

        @Override
        public WorkerEntry next() {
            return known(ranks.next().workerId());
        }
    }

    /** How many workers of the pool are ready and not draining. */
    int readyCount(String component) {
        TreeSet<Rank> ranks = ready.get(component);
        return ranks == null ? 0 : ranks.size();
    }

    /** Since when the worker has held nothing; null if it was never ready. */
    @Nullable Instant idleSince(WorkerEntry worker) {
        Instant since =
                loads.containsKey(worker.workerId()) ? load(worker.workerId()).idleSince : null;
        return since == null ? worker.readyAt() : since;
    }

    /** The entries of a pool's workers in a phase, in the order first heard of. */
    List<WorkerEntry> in(Phase phase, String component) {
        var found = new ArrayList<WorkerEntry>();
        for (WorkerEntry worker : entries.values()) {
            if (worker.phase() == phase && worker.component().equals(component)) {
                found.add(worker);
            }
        }
        return found;
    }

    private WorkerEntry known(String workerId) {
        WorkerEntry worker = entries.get(workerId);
        if (worker == null) {
            throw new IllegalStateException("no worker " + workerId);
        }
        return worker;
    }

    private Load load(String workerId) {
        return loads.computeIfAbsent(workerId, _ -> new Load());
    }

    private void rank(String workerId) {
        WorkerEntry worker = entries.get(workerId);
        if (worker == null) {
            return;
        }
        Load load = load(workerId);
        TreeSet<Rank> pool = ready.computeIfAbsent(worker.component(), _ -> new TreeSet<>());
        if (load.rank != null) {
            pool.remove(load.rank);
        }
        load.rank =
                worker.phase() == Phase.READY
                        ? new Rank((double) load.held.size() / worker.slots(), workerId)
                        : null;
        if (load.rank != null) {
            pool.add(load.rank);
        }
    }

    private void noteIdle(@Nullable String from, TaskEntry after) {
        Instant at =
                switch (after.status()) {
                    case Ended e -> e.at();
                    case Queued q -> q.since();
                    default -> null;
                };
        String worker = from == null ? after.workerId() : from;
        if (at != null && worker != null) {
            Load load = load(worker);
            load.idleSince =
                    load.idleSince == null || at.isAfter(load.idleSince) ? at : load.idleSince;
        }
    }

    private static @Nullable String holder(@Nullable TaskEntry entry) {
        return entry != null && entry.status() instanceof Held h ? h.workerId() : null;
    }
}
