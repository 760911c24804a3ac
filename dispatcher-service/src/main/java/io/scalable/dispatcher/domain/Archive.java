package io.scalable.dispatcher.domain;

import io.scalable.contracts.Limits;
import io.scalable.dispatcher.domain.OutcomeBook.Chunk;
import io.scalable.dispatcher.domain.Row.EndedTasks;
import io.scalable.dispatcher.domain.Row.KeptResult;
import io.scalable.dispatcher.domain.Row.OutcomeOf;
import io.scalable.dispatcher.domain.Row.Outcomes;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Ended tasks, the oldest first. Those beyond the number that is kept whole shrink to their
 * outcome, a batch at a time, once no child can ask for their results.
 */
final class Archive implements TaskIndex {

    /** The most tasks that shrink together: they share rows. */
    private static final int BATCH = 512;

    /** Names whose ended tasks are counted apart, per deployment. */
    private static final int MOST_NAMES = Limits.TASK_NAMES;

    private final ArrayDeque<String> ended = new ArrayDeque<>();
    private final Map<String, Set<String>> needed = new HashMap<>();
    private final Map<String, EndedTasks> sums = new LinkedHashMap<>();

    @Override
    public void moved(@Nullable TaskEntry before, TaskEntry after) {
        if (TaskIndex.ends(before, after)) {
            ended.add(after.taskId());
        }
    }

    void put(EndedTasks row) {
        sums.put(row.key(), row);
    }

    void remove(EndedTasks row) {
        sums.remove(row.key());
    }

    Collection<EndedTasks> all() {
        return sums.values();
    }

    /** How many ended tasks are kept whole. */
    int whole() {
        return ended.size() + needed.values().stream().mapToInt(Set::size).sum();
    }

    /** A child that needed this task has ended. */
    void release(String taskId, String task) {
        Set<String> ofName = needed.get(task);
        if (ofName != null && ofName.remove(taskId)) {
            ended.addFirst(taskId);
        }
    }

    /** The task's result is on its topic. */
    void written(@Nullable TaskEntry entry) {
        if (entry != null) {
            release(entry.taskId(), entry.task());
        }
    }

    /** No child needs tasks of this name as a group any more. */
    void releaseAll(String task) {
        Set<String> ofName = needed.remove(task);
        if (ofName != null) {
            ofName.forEach(ended::addFirst);
        }
    }

    /** Shrinks the oldest tasks if there are enough for a batch. */
    static void shrink(Turn t) {
        Archive archive = t.state.archive;
        int most = t.rules.tasksKept();
        int over = archive.ended.size() - most;
        if (over < Math.min(BATCH, most / 8 + 1)) {
            return;
        }
        archive.shrink(t, Math.min(over, BATCH));
        for (Row old = t.state.outcomes.overflow();
                old != null;
                old = t.state.outcomes.overflow()) {
            t.drop(old);
        }
    }

    private void shrink(Turn t, int batch) {
        var chunks = new LinkedHashSet<Chunk>();
        var changed = new LinkedHashMap<String, EndedTasks>();
        for (int i = 0; i < batch; i++) {
            TaskEntry entry = t.state.tasks.get(ended.removeFirst());
            if (entry == null) {
                continue;
            }
            if (t.state.shelf.needed(entry) || t.state.isPending(entry.taskId())) {
                needed.computeIfAbsent(entry.task(), _ -> new LinkedHashSet<>())
                        .add(entry.taskId());
                continue;
            }
            if (t.state.ids.isIndexed(entry)) {
                chunks.add(OutcomeBook.chunk(entry.task(), entry.index()));
            } else {
                t.put(new OutcomeOf(entry.taskId(), entry.sequence(), entry.state()));
            }
            String key = EndedTasks.key(entry.component(), entry.task());
            EndedTasks sum = changed.getOrDefault(key, sums.get(key));
            changed.put(key, (sum == null ? EndedTasks.none(entry) : sum).with(entry));
            KeptResult kept = t.state.shelf.kept(entry);
            if (kept != null) {
                t.drop(kept);
            }
            t.drop(entry);
        }
        changed.values().forEach(t::put);
        foldNames(t);
        for (Chunk chunk : chunks) {
            Outcomes row = t.state.outcomes.row(chunk);
            if (row != null) {
                t.put(row);
            }
        }
    }

    /** Counts the ended tasks of the oldest names together, where there are too many names. */
    private void foldNames(Turn t) {
        for (EndedTasks oldest : List.copyOf(sums.values())) {
            if (sums.size() <= MOST_NAMES) {
                return;
            }
            boolean foldable =
                    !oldest.task().equals(DemandBoard.OTHERS)
                            && !t.state.board.open(oldest.component(), oldest.task())
                            && t.state.groups.get(oldest.task()) == null;
            if (foldable) {
                String key = EndedTasks.key(oldest.component(), DemandBoard.OTHERS);
                EndedTasks others = sums.get(key);
                t.state.board.fold(oldest);
                t.state.durations.forget(oldest.task());
                t.drop(oldest);
                t.put(oldest.foldedInto(others));
            }
        }
    }
}
