package io.scalable.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Topics in memory: per partition a list of records that only grows. */
final class Log {

    /** A partition of a topic. */
    record Partition(String topic, int number) {}

    /**
     * A record.
     *
     * @param value the record itself; null for a tombstone
     * @param at when it was written, milliseconds since the start
     */
    record Entry(Partition partition, long offset, String key, @Nullable Object value, long at) {}

    private final Schedule schedule;
    private final Map<Partition, List<Entry>> partitions = new HashMap<>();
    private Consumer<Entry> watcher = _ -> {};
    private long awayUntil;

    Log(Schedule schedule) {
        this.schedule = schedule;
    }

    /** Has every further record looked at. */
    void watch(Consumer<Entry> everything) {
        watcher = everything;
    }

    /** Nothing is written or read for so many milliseconds. */
    void away(long millis) {
        awayUntil = Math.max(awayUntil, schedule.millis() + millis);
    }

    /** Milliseconds until the broker is there; 0 if it is. */
    long awayFor() {
        return Math.max(0, awayUntil - schedule.millis());
    }

    void append(Partition partition, String key, @Nullable Object value) {
        List<Entry> entries = partitions.computeIfAbsent(partition, _ -> new ArrayList<>());
        var entry = new Entry(partition, entries.size(), key, value, schedule.millis());
        entries.add(entry);
        watcher.accept(entry);
    }

    /** The record at {@code offset}; null if there is none, or the broker is away. */
    @Nullable Entry read(Partition partition, long offset) {
        List<Entry> entries = partitions.get(partition);
        return entries == null || offset >= entries.size() || awayFor() > 0
                ? null
                : entries.get((int) offset);
    }

    /** Where the partition ends: the offset of the next record. */
    long end(Partition partition) {
        List<Entry> entries = partitions.get(partition);
        return entries == null ? 0 : entries.size();
    }

    /** True if a later record of the same key makes this one useless on a compacted topic. */
    boolean superseded(Entry entry) {
        List<Entry> entries = partitions.getOrDefault(entry.partition(), List.of());
        for (int i = entries.size() - 1; i > entry.offset(); i--) {
            if (entries.get(i).key().equals(entry.key())) {
                return true;
            }
        }
        return false;
    }
}
