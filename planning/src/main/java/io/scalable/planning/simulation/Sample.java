package io.scalable.planning.simulation;

/**
 * A pool from one moment of a simulation until its next sample.
 *
 * @param at seconds since the start
 * @param pool the pool's name
 * @param ready workers that are up, leaving ones included
 * @param starting workers asked for and not up
 * @param demand tasks that run or wait for a worker
 */
public record Sample(double at, String pool, int ready, int starting, int demand) {

    boolean sameCounts(Sample other) {
        return ready == other.ready && starting == other.starting && demand == other.demand;
    }
}
