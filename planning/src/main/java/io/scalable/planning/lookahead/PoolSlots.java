package io.scalable.planning.lookahead;

/**
 * A pool's workers at one moment, as their slots.
 *
 * @param price of a worker-second
 * @param slots of each worker
 * @param free seconds from now until each slot is free: running ones first, then idle, then those
 *     of workers that start
 * @param draws {@code free} as it may turn out, by scenario
 * @param lead a worker that is needed within so many seconds must be asked for now
 */
record PoolSlots(double price, int slots, double[] free, double[][] draws, double lead) {

    /** Workers that are there or start. */
    int workers() {
        return free.length / slots;
    }

    PoolSlots withLead(double seconds) {
        return new PoolSlots(price, slots, free, draws, seconds);
    }
}
