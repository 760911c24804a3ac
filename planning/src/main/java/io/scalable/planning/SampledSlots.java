package io.scalable.planning;

import java.util.Arrays;

/**
 * The slots of one pool in one scenario: when each becomes free, seconds from now. Small groups of
 * tasks are placed one by one; large ones fill the slots evenly and end with the longest of the
 * last round, so that ten thousand tasks cost about as much as two hundred.
 */
final class SampledSlots {

    private static final int FEW = 256;

    /** A heap, the earliest first; ascending arrays are heaps as well. */
    private final double[] free;

    private double busy;

    SampledSlots(double[] free) {
        this.free = free;
        Arrays.sort(free);
    }

    /**
     * Runs {@code count} tasks, none before {@code ready}.
     *
     * @param place where their draws begin
     * @param factor what each draw is multiplied by
     * @return when the last of them ends
     */
    double run(int count, double ready, DurationDraws draws, int place, double factor) {
        return count <= FEW
                ? oneByOne(count, ready, draws, place, factor)
                : filled(count, ready, draws, place, factor);
    }

    /** How long all slots together have worked, seconds. */
    double busySeconds() {
        return busy;
    }

    private double oneByOne(
            int count, double ready, DurationDraws draws, int place, double factor) {
        double end = ready;
        for (int i = 0; i < count; i++) {
            double seconds = factor * draws.at(place + i);
            busy += seconds;
            double done = Math.max(free[0], ready) + seconds;
            end = Math.max(end, done);
            sink(done);
        }
        return end;
    }

    private double filled(int count, double ready, DurationDraws draws, int place, double factor) {
        Arrays.sort(free);
        if (count <= free.length) {
            double end = ready;
            for (int i = 0; i < count; i++) {
                double seconds = factor * draws.at(place + i);
                busy += seconds;
                free[i] = Math.max(free[i], ready) + seconds;
                end = Math.max(end, free[i]);
            }
            Arrays.sort(free);
            return end;
        }
        double work = factor * draws.sum(place, count);
        busy += work;
        double taken = 0;
        int filled = 0;
        double level = 0;
        while (filled < free.length) {
            double at = Math.max(free[filled], ready);
            if (filled > 0 && level <= at) {
                break;
            }
            taken += at;
            filled++;
            level = (work + taken) / filled;
        }
        Arrays.fill(free, 0, filled, level);
        double tail = draws.longestResidual(place, filled) - draws.meanResidual();
        return level + factor * tail;
    }

    /** Replaces the earliest by {@code value}. */
    private void sink(double value) {
        int at = 0;
        while (true) {
            int child = 2 * at + 1;
            if (child >= free.length) {
                break;
            }
            if (child + 1 < free.length && free[child + 1] < free[child]) {
                child++;
            }
            if (free[child] >= value) {
                break;
            }
            free[at] = free[child];
            at = child;
        }
        free[at] = value;
    }
}
