package io.scalable.dispatcher.domain;

import io.scalable.dispatcher.domain.TaskStatus.Ended;
import io.scalable.dispatcher.domain.TaskStatus.Held;
import io.scalable.dispatcher.domain.TaskStatus.Leased;
import io.scalable.dispatcher.domain.TaskStatus.Queued;
import io.scalable.dispatcher.domain.TaskStatus.Running;
import io.scalable.dispatcher.domain.WorkerEntry.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The workers, what each holds, and per pool who is how far and which ready one has the least. */
final class WorkerTable implements TaskIndex {

    private final Map<String, WorkerEntry> entries = new LinkedHashMap<>();
    private final Map<String, WorkerLoad> loads = new HashMap<>();
    private final Map<String, WorkerPool> pools = new LinkedHashMap<>();
    private final ToDoubleFunction<String> expected;

    /**
     * @param expected how long a task of a name is expected to take, seconds; infinite for one that
     *     nothing should wait behind
     */
    WorkerTable(ToDoubleFunction<String> expected) {
        this.expected = expected;
    }

    @Override
    public void moved(@Nullable TaskEntry before, TaskEntry after) {
        String from = holder(before);
        String to = holder(after);
        if (from != null && !from.equals(to)) {
            load(from).remove(after.taskId());
        }
        if (to != null && !to.equals(from)) {
            WorkerEntry worker = entries.get(to);
            int slots = worker == null ? 1 : worker.slots();
            load(to).add(after.taskId(), expected.applyAsDouble(after.task()), slots);
        }
        String about = from == null ? to == null ? after.workerId() : to : from;
        if (about != null) {
            noteTimes(about, before, after);
            rank(about);
        }
    }

    void put(WorkerEntry next) {
        WorkerEntry before = entries.put(next.workerId(), next);
        if (before != null) {
            pool(before.component()).remove(before.workerId(), before.phase());
        }
        pool(next.component()).add(next.workerId(), next.phase());
        rank(next.workerId());
    }

    /** Forgets a worker that holds nothing. */
    void remove(WorkerEntry worker) {
        WorkerEntry known = entries.remove(worker.workerId());
        if (known != null) {
            pool(known.component()).remove(known.workerId(), known.phase());
            pool(known.component()).rank(known.workerId(), null);
        }
        loads.remove(worker.workerId());
    }

    @Nullable WorkerEntry get(String workerId) {
        return entries.get(workerId);
    }

    Collection<WorkerEntry> all() {
        return entries.values();
    }

    /** The components that have, or had, workers. */
    Set<String> components() {
        return pools.keySet();
    }

    /** The tasks that a worker holds, in lease order; a copy. */
    List<String> heldBy(String workerId) {
        WorkerLoad load = loads.get(workerId);
        return load == null ? List.of() : load.held();
    }

    /** How many tasks a worker holds. */
    int load(WorkerEntry worker) {
        WorkerLoad load = loads.get(worker.workerId());
        return load == null ? 0 : load.size();
    }

    /** Expected seconds of what waits at a worker, per slot; 0 while it has a free slot. */
    double waiting(WorkerEntry worker) {
        WorkerLoad load = loads.get(worker.workerId());
        return load == null ? 0 : load.waiting(worker.slots());
    }

    /** True if the task was leased to the worker while all of its slots were taken. */
    boolean waitedFor(String workerId, String taskId) {
        WorkerLoad load = loads.get(workerId);
        return load != null && load.waitedFor(taskId);
    }

    /** The pool's ready workers, those with the most room first; a view. */
    Iterable<WorkerEntry> ready(String component) {
        WorkerPool pool = pools.get(component);
        return pool == null ? List.of() : pool.ranked(this::known);
    }

    /**
     * The ready worker with the most room. One whose attempts neither begin nor end for longer than
     * {@code overdue} counts as full until they do.
     */
    @Nullable WorkerEntry mostRoom(String component, Instant now, Duration overdue) {
        while (true) {
            var ranked = ready(component).iterator();
            if (!ranked.hasNext()) {
                return null;
            }
            WorkerEntry first = ranked.next();
            WorkerLoad load = load(first.workerId());
            if (load.size() < first.slots() || load.full() || !load.overdue(now, overdue)) {
                return first;
            }
            stuck(first);
        }
    }

    /** Nothing more is to wait at the worker until one of its attempts begins or ends. */
    void stuck(WorkerEntry worker) {
        load(worker.workerId()).stuck();
        rank(worker.workerId());
    }

    /** Ready workers that hold more than they can run and have not moved for {@code overdue}. */
    List<WorkerEntry> overdue(String component, Instant now, Duration overdue) {
        var found = new ArrayList<WorkerEntry>();
        for (String id : pool(component).overfull()) {
            if (load(id).overdue(now, overdue)) {
                found.add(known(id));
            }
        }
        return found;
    }

    /** How many workers of the pool are ready and not draining. */
    int readyCount(String component) {
        WorkerPool pool = pools.get(component);
        return pool == null ? 0 : pool.in(Phase.READY).size();
    }

    /** Since when the worker has held nothing; null if it was never ready. */
    @Nullable Instant idleSince(WorkerEntry worker) {
        WorkerLoad load = loads.get(worker.workerId());
        Instant since = load == null ? null : load.idleSince();
        return since == null ? worker.readyAt() : since;
    }

    /** The entries of a pool's workers in a phase, in the order in which they came into it. */
    List<WorkerEntry> in(Phase phase, String component) {
        WorkerPool pool = pools.get(component);
        return pool == null ? List.of() : pool.in(phase).stream().map(this::known).toList();
    }

    private WorkerEntry known(String workerId) {
        WorkerEntry worker = entries.get(workerId);
        if (worker == null) {
            throw new IllegalStateException("no worker " + workerId);
        }
        return worker;
    }

    private WorkerLoad load(String workerId) {
        return loads.computeIfAbsent(workerId, _ -> new WorkerLoad());
    }

    private WorkerPool pool(String component) {
        return pools.computeIfAbsent(component, _ -> new WorkerPool());
    }

    private void rank(String workerId) {
        WorkerEntry worker = entries.get(workerId);
        if (worker != null) {
            WorkerLoad load = load(workerId);
            boolean ready = worker.phase() == Phase.READY;
            WorkerPool pool = pool(worker.component());
            pool.rank(workerId, ready ? load.fill(worker.slots()) : null);
            pool.overfull(workerId, ready && load.size() > worker.slots());
        }
    }

    private void noteTimes(String workerId, @Nullable TaskEntry before, TaskEntry after) {
        switch (after.status()) {
            case Ended e -> load(workerId).ended(e.at());
            case Queued q -> {
                boolean ran = before == null || before.status() instanceof Running;
                load(workerId).released(q.since(), ran);
            }
            case Running r -> load(workerId).moved(r.since());
            case Leased l -> load(workerId).leased(l.since());
            default -> {}
        }
    }

    private static @Nullable String holder(@Nullable TaskEntry entry) {
        return entry != null && entry.status() instanceof Held h ? h.workerId() : null;
    }
}
