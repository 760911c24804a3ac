package io.scalable.simulation;

import io.scalable.simulation.Log.Partition;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One client's producer: records of a partition arrive in the order they were sent in, those of
 * different partitions in any. What has not arrived when its process is killed is lost.
 */
final class Outbox {

    private static final int LONGEST_WAY_MILLIS = 40;

    private record Sent(String key, @Nullable Object value) {}

    private final World world;
    private final Map<Partition, ArrayDeque<Sent>> underWay = new LinkedHashMap<>();
    private boolean closed;
    private long heldUntil;

    Outbox(World world) {
        this.world = world;
    }

    void send(Partition partition, String key, @Nullable Object value) {
        if (closed) {
            return;
        }
        underWay.computeIfAbsent(partition, _ -> new ArrayDeque<>()).add(new Sent(key, value));
        world.schedule.after(
                world.schedule.between(1, LONGEST_WAY_MILLIS), () -> arrive(partition));
    }

    /** Nothing arrives for so many milliseconds. */
    void hold(long millis) {
        heldUntil = Math.max(heldUntil, world.schedule.millis() + millis);
    }

    /** True while something has not arrived. */
    boolean busy() {
        return underWay.values().stream().anyMatch(q -> !q.isEmpty());
    }

    /** Waits until everything has arrived. */
    void flush() {
        underWay.forEach(
                (partition, sent) -> {
                    while (!sent.isEmpty()) {
                        write(partition, sent);
                    }
                });
    }

    /** The process is killed: of each partition some first records have arrived, no more will. */
    void kill() {
        flushSome();
        drop();
    }

    /** Of each partition some first records have arrived. */
    void flushSome() {
        underWay.forEach(
                (partition, sent) -> {
                    int arrived = world.schedule.between(0, sent.size());
                    for (int i = 0; i < arrived; i++) {
                        write(partition, sent);
                    }
                });
    }

    /** What has not arrived will not, and nothing more is taken. */
    void drop() {
        closed = true;
        underWay.clear();
    }

    private void arrive(Partition partition) {
        ArrayDeque<Sent> sent = underWay.get(partition);
        if (sent == null || sent.isEmpty()) {
            return;
        }
        long wait = Math.max(world.log.awayFor(), heldUntil - world.schedule.millis());
        if (wait > 0) {
            world.schedule.after(
                    wait + world.schedule.between(1, LONGEST_WAY_MILLIS), () -> arrive(partition));
        } else {
            write(partition, sent);
        }
    }

    private void write(Partition partition, ArrayDeque<Sent> sent) {
        Sent next = sent.remove();
        world.log.append(partition, next.key(), next.value());
        if (world.faults.happens(Fault.RECORD_REPEATED, 400)) {
            world.log.append(partition, next.key(), next.value());
        }
    }
}
