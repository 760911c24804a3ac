package io.scalable.dispatcher.domain;

import io.scalable.dispatcher.domain.TaskStatus.Queued;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The queued tasks of every pool: larger priority first, then submit order. Kept by task name,
 * because tasks of one name fit or do not fit a worker together; O(log n) per move.
 */
final class ReadyQueue implements TaskIndex {

    private static final Comparator<TaskEntry> ORDER =
            Comparator.comparingInt(TaskEntry::priority)
                    .reversed()
                    .thenComparingLong(TaskEntry::sequence);

    private final Map<String, Map<String, Line>> pools = new HashMap<>();

    /** The queued tasks of one name: in lease order, and by how long they wait. */
    private static final class Line {
        final TreeSet<TaskEntry> tasks = new TreeSet<>(ORDER);
        final TreeSet<TaskEntry> byAge =
                new TreeSet<>(
                        Comparator.comparing(ReadyQueue::since)
                                .thenComparingLong(TaskEntry::sequence));
    }

    @Override
    public void moved(@Nullable TaskEntry before, TaskEntry after) {
        if (before != null && before.status() instanceof Queued) {
            leave(before);
        }
        if (after.status() instanceof Queued) {
            Line line = line(after);
            line.tasks.add(after);
            line.byAge.add(after);
        }
    }

    /** The next task of the pool whose name is not among {@code passedOver}; null if none waits. */
    @Nullable TaskEntry first(String component, Collection<String> passedOver) {
        TaskEntry best = null;
        for (Map.Entry<String, Line> name : lines(component).entrySet()) {
            TreeSet<TaskEntry> tasks = name.getValue().tasks;
            if (!tasks.isEmpty() && !passedOver.contains(name.getKey())) {
                TaskEntry head = tasks.first();
                best = best == null || ORDER.compare(head, best) < 0 ? head : best;
            }
        }
        return best;
    }

    /** All queued tasks of a pool, name by name in lease order. */
    List<TaskEntry> all(String component) {
        return lines(component).values().stream().flatMap(line -> line.tasks.stream()).toList();
    }

    /** Since when the oldest queued task of a name has waited; null if none waits. */
    @Nullable Instant oldest(String component, String task) {
        Line line = lines(component).get(task);
        return line == null || line.byAge.isEmpty() ? null : since(line.byAge.first());
    }

    /** Takes the task out, and its name with the last one of it. */
    private void leave(TaskEntry entry) {
        Line line = line(entry);
        line.tasks.remove(entry);
        line.byAge.remove(entry);
        if (line.tasks.isEmpty()) {
            lines(entry.component()).remove(entry.task());
        }
    }

    private Line line(TaskEntry entry) {
        return pools.computeIfAbsent(entry.component(), _ -> new LinkedHashMap<>())
                .computeIfAbsent(entry.task(), _ -> new Line());
    }

    private Map<String, Line> lines(String component) {
        return pools.getOrDefault(component, Map.of());
    }

    private static Instant since(TaskEntry entry) {
        return entry.status() instanceof Queued q ? q.since() : Instant.MAX;
    }
}
