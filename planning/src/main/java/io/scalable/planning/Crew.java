package io.scalable.planning;

import io.scalable.contracts.scaling.PoolObservation;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * The slots of a pool's present workers, as the seconds from now at which each becomes free, the
 * earliest first. Workers that were asked for and are not ready count from when they should be.
 *
 * @param slotsPerWorker tasks that one worker runs at a time, at least 1
 * @param startDelay seconds that a new worker takes to be ready
 * @param free one entry per slot, ascending
 */
record Crew(int slotsPerWorker, double startDelay, double[] free) {

    /** How much of the start delay is left at least for a worker that is late already. */
    private static final double LATE = 0.1;

    /** A pool without workers. */
    static Crew none(int slotsPerWorker, double startDelay) {
        return new Crew(slotsPerWorker, startDelay, new double[0]);
    }

    /**
     * The crew of an observed pool.
     *
     * @param workers how many it should have: those missing are on their way
     * @param residuals seconds that the running attempts still need
     */
    static Crew of(
            PoolObservation pool,
            int slotsPerWorker,
            double startDelay,
            int workers,
            double[] residuals) {
        int up = Math.max(0, pool.alive() - pool.starting().size());
        int idleSlots = Math.max(0, up * slotsPerWorker - residuals.length);
        int unseen = Math.max(0, workers - pool.alive());
        DoubleStream starting =
                pool.starting().stream()
                        .mapToDouble(w -> Math.max(startDelay - w.ageSeconds(), LATE * startDelay));
        DoubleStream coming =
                DoubleStream.concat(starting, DoubleStream.generate(() -> startDelay).limit(unseen))
                        .flatMap(at -> DoubleStream.generate(() -> at).limit(slotsPerWorker));
        DoubleStream here =
                DoubleStream.concat(
                        DoubleStream.generate(() -> 0).limit(idleSlots),
                        Arrays.stream(residuals).limit((long) up * slotsPerWorker));
        return new Crew(
                slotsPerWorker, startDelay, DoubleStream.concat(here, coming).sorted().toArray());
    }

    /** The slots if the pool had {@code workers}: the first of them, and new ones as needed. */
    SlotTimeline timeline(int workers) {
        var timeline = new SlotTimeline(slotsPerWorker, startDelay);
        int slots = workers * slotsPerWorker;
        for (int i = 0; i < Math.min(slots, free.length); i++) {
            timeline.add(free[i], 1);
        }
        return timeline.add(startDelay, Math.max(0, slots - free.length));
    }

    /** How many of {@code tasks} will have begun before a worker that is asked for now is ready. */
    int begunBeforeAStart(int tasks, double seconds) {
        long begun = 0;
        for (double at : free) {
            if (at <= startDelay) {
                begun += 1 + (long) ((startDelay - at) / seconds);
            }
        }
        return (int) Math.min(tasks, begun);
    }
}
