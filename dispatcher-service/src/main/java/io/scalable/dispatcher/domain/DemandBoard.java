package io.scalable.dispatcher.domain;

import io.scalable.contracts.task.TaskState;
import io.scalable.dispatcher.domain.Row.EndedTasks;
import io.scalable.dispatcher.domain.TaskStatus.Ended;
import io.scalable.dispatcher.domain.TaskStatus.Parked;
import io.scalable.dispatcher.domain.TaskStatus.Running;
import java.time.Instant;
import java.util.ArrayDeque;
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

    /** Stands for all names that are not told apart any more. */
    static final String OTHERS = "(others)";

    /** Characters of ids in one line, for each of the two lists; the rest goes into the next. */
    private static final int ID_CHARS = 200_000;

    /** Durations of a pool in one line; a sample is as good. */
    private static final int MOST_SECONDS = 5_000;

    private final Map<String, Pool> pools = new HashMap<>();
    private final ArrayDeque<String> started = new ArrayDeque<>();
    private final ArrayDeque<String> done = new ArrayDeque<>();
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
            List<Double> seconds = pool(after.component()).completedSeconds;
            if (e.outcome() == TaskState.SUCCEEDED
                    && e.durationSeconds() != null
                    && seconds.size() < MOST_SECONDS) {
                seconds.add(e.durationSeconds());
            }
        }
    }

    /** Only a task whose result was known from the start succeeds without having been placed. */
    private static boolean knownBefore(@Nullable TaskEntry before, Ended end) {
        return end.outcome() == TaskState.SUCCEEDED
                && before != null
                && before.status() instanceof Parked;
    }

    /** True if tasks of the name are known in the pool that have not ended. */
    boolean open(String component, String task) {
        Pool pool = pool(component);
        return pool.count(task, TaskState.BLOCKED) > 0
                || pool.count(task, TaskState.QUEUED) > 0
                || pool.count(task, TaskState.LEASED) > 0
                || pool.count(task, TaskState.RUNNING) > 0;
    }

    /** From now on the name's tasks that have ended are some of the others. */
    void fold(EndedTasks ended) {
        int[] own = counts(ended.component(), ended.task());
        int[] others = counts(ended.component(), OTHERS);
        boolean empty = true;
        for (TaskState state : TaskState.values()) {
            int count = state.terminal() ? ended.count(state) : 0;
            own[state.ordinal()] -= count;
            others[state.ordinal()] += count;
            empty &= own[state.ordinal()] == 0;
        }
        if (empty) {
            pool(ended.component()).names.remove(ended.task());
        }
    }

    /** Takes the counts of tasks that are not kept whole any more. */
    void restore(EndedTasks ended) {
        int[] counts = counts(ended.component(), ended.task());
        for (TaskState state : TaskState.values()) {
            counts[state.ordinal()] += state.terminal() ? ended.count(state) : 0;
        }
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
        return first(started);
    }

    List<String> done() {
        return first(done);
    }

    /** The rows are read: they do not say what happened since the last line. */
    void restored() {
        started.clear();
        done.clear();
        lineWritten();
        changed = true;
    }

    /** The line is written: what happened from now on belongs to the next. */
    void lineWritten() {
        started().forEach(_ -> started.remove());
        done().forEach(_ -> done.remove());
        for (Pool pool : pools.values()) {
            pool.completedSeconds = new ArrayList<>();
            pool.startedAfterSeconds = new ArrayList<>();
        }
        changed = !started.isEmpty() || !done.isEmpty();
    }

    /** As many of the ids as one line takes. */
    private static List<String> first(ArrayDeque<String> ids) {
        var some = new ArrayList<String>();
        int chars = 0;
        for (String id : ids) {
            chars += id.length();
            if (chars > ID_CHARS) {
                break;
            }
            some.add(id);
        }
        return some;
    }

    private int[] counts(TaskEntry entry) {
        return counts(entry.component(), entry.task());
    }

    private int[] counts(String component, String task) {
        return pool(component).names.computeIfAbsent(task, _ -> new int[TaskState.values().length]);
    }
}
