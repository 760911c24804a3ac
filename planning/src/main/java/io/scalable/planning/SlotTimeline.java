package io.scalable.planning;

import java.util.Map;
import java.util.TreeMap;

/**
 * When the slots of a pool become free in a simulation, in seconds from now. Slots that become free
 * together are kept as one entry, and whole rounds of equal tasks are skipped, so that ten thousand
 * tasks cost about as much as ten.
 */
final class SlotTimeline {

    private final TreeMap<Double, Integer> free = new TreeMap<>();
    private final int coldSlots;
    private final double startDelay;
    private int slots;

    /**
     * @param coldSlots slots of the one worker that is started when work comes to a pool without
     *     any
     * @param startDelay seconds that it takes to start
     */
    SlotTimeline(int coldSlots, double startDelay) {
        this.coldSlots = coldSlots;
        this.startDelay = startDelay;
    }

    /** {@code count} more slots, free from {@code at} on. */
    SlotTimeline add(double at, int count) {
        if (count > 0) {
            free.merge(at, count, Integer::sum);
            slots += count;
        }
        return this;
    }

    int slots() {
        return slots;
    }

    /**
     * Runs {@code count} tasks of {@code seconds} each, none before {@code readyAt}, each on the
     * slot that is free first.
     *
     * @return when the last of them ends
     */
    double run(int count, double seconds, double readyAt) {
        if (slots == 0) {
            add(readyAt + startDelay, coldSlots);
        }
        int left = count;
        double end = readyAt;
        while (left > 0) {
            if (left >= 2 * slots && free.lastKey() - firstStart(readyAt) <= seconds) {
                left -= skipRounds(left / slots - 1, seconds, readyAt);
            }
            Map.Entry<Double, Integer> first = free.firstEntry();
            int taken = Math.min(left, first.getValue());
            if (taken == first.getValue()) {
                free.remove(first.getKey());
            } else {
                free.put(first.getKey(), first.getValue() - taken);
            }
            double done = Math.max(first.getKey(), readyAt) + seconds;
            free.merge(done, taken, Integer::sum);
            end = Math.max(end, done);
            left -= taken;
        }
        return end;
    }

    private double firstStart(double readyAt) {
        return Math.max(free.firstKey(), readyAt);
    }

    private int skipRounds(int rounds, double seconds, double readyAt) {
        var later = new TreeMap<Double, Integer>();
        free.forEach(
                (at, n) -> later.merge(Math.max(at, readyAt) + rounds * seconds, n, Integer::sum));
        free.clear();
        free.putAll(later);
        return rounds * slots;
    }
}
