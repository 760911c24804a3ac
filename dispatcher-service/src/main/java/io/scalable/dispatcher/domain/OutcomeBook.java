package io.scalable.dispatcher.domain;

import io.scalable.contracts.Limits;
import io.scalable.contracts.task.TaskState;
import io.scalable.dispatcher.domain.Row.OutcomeOf;
import io.scalable.dispatcher.domain.Row.Outcomes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How tasks ended: a byte for each whose id is {@code <deployment>/<task>/<index>}, also of those
 * that are not kept whole any more; an entry for each other that is not. And how far each name is.
 */
final class OutcomeBook implements TaskIndex {

    /** Tasks of one row. */
    static final int CHUNK = 256;

    /** Rows that are kept; of the tasks of older ones nothing is known any more. */
    static final int MOST_CHUNKS = Limits.OUTCOMES_KEPT / CHUNK;

    /** Tasks with ids of another form whose outcomes are kept. */
    static final int MOST_FREE = Limits.FREE_OUTCOMES_KEPT;

    private final TaskIds ids;
    private final Map<String, TaskProgress> names = new HashMap<>();
    private final LinkedHashMap<Chunk, byte[]> chunks = new LinkedHashMap<>();
    private final Set<String> declared = new HashSet<>();
    private final LinkedHashMap<String, OutcomeOf> free = new LinkedHashMap<>();

    /** A run of indexes of one name. */
    record Chunk(String task, int number) {}

    OutcomeBook(TaskIds ids) {
        this.ids = ids;
    }

    @Override
    public void moved(@Nullable TaskEntry before, TaskEntry after) {
        if (TaskIndex.ends(before, after) && ids.isIndexed(after)) {
            set(after.task(), after.index(), after.state());
        }
    }

    /** Takes the task graph: a group's progress is that of the indexes below its count. */
    void declare(TaskGroups groups) {
        declared.clear();
        groups.all().forEach(group -> declared.add(group.name()));
        groups.all().forEach(group -> progress(group.name()).limit(group.count()));
        chunks.forEach(
                (chunk, states) -> {
                    TaskProgress progress = progress(chunk.task);
                    for (int i = 0; i < CHUNK; i++) {
                        if (states[i] != 0) {
                            progress.count(
                                    ids, chunk.task, chunk.number * CHUNK + i, state(states[i]));
                        }
                    }
                });
    }

    void put(Outcomes row) {
        for (int i = 0; i < row.states().length(); i++) {
            TaskState state = Outcomes.stateOf(row.states().charAt(i));
            if (state != null) {
                set(row.task(), row.chunk() * CHUNK + i, state);
            }
        }
    }

    void put(OutcomeOf row) {
        free.put(row.taskId(), row);
    }

    void remove(Outcomes row) {
        chunks.remove(new Chunk(row.task(), row.chunk()));
        if (!declared.contains(row.task())) {
            names.remove(row.task());
        }
    }

    void remove(OutcomeOf row) {
        free.remove(row.taskId());
    }

    /** How a task ended; null if it has not, or nobody knows any more. */
    @Nullable TaskState of(String taskId) {
        TaskIds.Indexed indexed = ids.parse(taskId);
        if (indexed != null) {
            byte[] states = chunks.get(chunk(indexed.task(), indexed.index()));
            byte state = states == null ? 0 : states[indexed.index() % CHUNK];
            if (state != 0) {
                return state(state);
            }
        }
        OutcomeOf other = free.get(taskId);
        return other == null ? null : other.state();
    }

    /** How far the tasks of a name are. */
    TaskProgress progress(String task) {
        return names.computeIfAbsent(task, _ -> new TaskProgress());
    }

    static Chunk chunk(String task, int index) {
        return new Chunk(task, index / CHUNK);
    }

    /** The row of a chunk as it is now; null if the chunk is forgotten. */
    @Nullable Outcomes row(Chunk chunk) {
        byte[] states = chunks.get(chunk);
        return states == null ? null : row(chunk, states);
    }

    /** The row to forget because there are too many; null if there are not. */
    @Nullable Row overflow() {
        if (chunks.size() > MOST_CHUNKS) {
            var oldest = chunks.firstEntry();
            return row(oldest.getKey(), oldest.getValue());
        }
        return free.size() > MOST_FREE ? free.firstEntry().getValue() : null;
    }

    /** Rows that say all that is known: of tasks that are kept whole, too. */
    Stream<Row> rows() {
        return Stream.concat(
                chunks.entrySet().stream().map(c -> row(c.getKey(), c.getValue())),
                free.values().stream());
    }

    /** Everything that is kept, as rows would have it, for comparing. */
    String describe() {
        var all = new TreeMap<String, String>();
        chunks.forEach(
                (chunk, states) -> all.put(row(chunk, states).key(), row(chunk, states).states()));
        return all + " " + free.keySet();
    }

    private void set(String task, int index, TaskState state) {
        byte[] states = chunks.computeIfAbsent(chunk(task, index), _ -> new byte[CHUNK]);
        if (states[index % CHUNK] == 0) {
            states[index % CHUNK] = (byte) (state.ordinal() + 1);
            progress(task).count(ids, task, index, state);
        }
    }

    private static Outcomes row(Chunk chunk, byte[] states) {
        var text = new char[CHUNK];
        for (int i = 0; i < CHUNK; i++) {
            text[i] = states[i] == 0 ? Outcomes.NONE : Outcomes.letterOf(state(states[i]));
        }
        return new Outcomes(chunk.task, chunk.number, new String(text));
    }

    private static TaskState state(byte state) {
        return TaskState.values()[state - 1];
    }
}
