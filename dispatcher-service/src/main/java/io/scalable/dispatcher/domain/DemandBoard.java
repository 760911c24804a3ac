package io.scalable.dispatcher.domain;

import io.scalable.contracts.task.TaskState;
import io.scalable.dispatcher.domain.TaskStatus.Ended;
import io.scalable.dispatcher.domain.TaskStatus.Parked;
import io.scalable.dispatcher.domain.TaskStatus.Running;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The counts behind the demand: how many tasks of each name are where, and what happened since the
 * last line. The latter is not kept in rows: what happened just before a restart may be left out.
 */
final class DemandBoard implements TaskIndex {

    private final Map<String, Pool> pools = new HashMap<>();
    private List<String> started = new ArrayList<>();
    private List<String> done = new ArrayList<>();
    private boolean changed = true;

    /** The counts of one pool. */
    static final class Pool {
        final Map<String, int[]> names = new LinkedHashMap<>();
        final Map<String, Instant> running = new LinkedHashMap<>();
        List<Double> completedSeconds = new ArrayList<>();
        List<Double> startedAfterSeconds = new ArrayList<>();

        /** Tasks of {@code name} in {@code state}. */
        int count(String name, TaskState state) {
            int[] counts = names.get(name);
            return counts == null ? 0 : counts[state.ordinal()];
        }

        /** Tasks of any name in {@code state}. */
        int count(TaskState state) {
            return names.values().stream().mapToInt(c -> c[state.ordinal()]).sum();
        }
    }

    @Override
    public void moved(@Nullable TaskEntry before, TaskEntry after) {
        changed = true;
        if (before != null && !(before.status() instanceof Parked)) {
            counts(before)[before.state().ordinal()]--;
            if (before.status() instanceof Running) {
                pool(before.component()).running.remove(before.taskId());
            }
        }
        if (after.status() instanceof Parked) {
            return;
        }
        counts(after)[after.state().ordinal()]++;
        if (after.status() instanceof Running r) {
            pool(after.component()).running.put(after.taskId(), r.since());
            if (before == null || !(before.status() instanceof Running)) {
                started.add(after.taskId());
            }
        }
        if (after.status() instanceof Ended e
                && TaskIndex.ends(before, after)
                && !knownBefore(before, e)) {
            done.add(after.taskId());
            if (e.outcome() == TaskState.SUCCEEDED && e.durationSeconds() != null) {
                pool(after.component()).completedSeconds.add(e.durationSeconds());
            }
        }
    }

    /** Only a task whose result was known from the start succeeds without having been placed. */
    private static boolean knownBefore(@Nullable TaskEntry before, Ended end) {
        return end.outcome() == TaskState.SUCCEEDED
                && before != null
                && before.status() instanceof Parked;
    }

    /** A worker became ready so long after it was requested. */
    void workerStarted(String component, double afterSeconds) {
        pool(component).startedAfterSeconds.add(afterSeconds);
        changed = true;
    }

    /** Something that the tasks do not show has changed. */
    void touch() {
        changed = true;
    }

    boolean changed() {
        return changed;
    }

    Pool pool(String component) {
        return pools.computeIfAbsent(component, _ -> new Pool());
    }

    List<String> started() {
        return started;
    }

    List<String> done() {
        return done;
    }

    /** The line is written: what happened from now on belongs to the next. */
    void lineWritten() {
        started = new ArrayList<>();
        done = new ArrayList<>();
        for (Pool pool : pools.values()) {
            pool.completedSeconds = new ArrayList<>();
            pool.startedAfterSeconds = new ArrayList<>();
        }
        changed = false;
    }

    private int[] counts(TaskEntry entry) {
        return pool(entry.component())
                .names
                .computeIfAbsent(entry.task(), _ -> new int[TaskState.values().length]);
    }
}
