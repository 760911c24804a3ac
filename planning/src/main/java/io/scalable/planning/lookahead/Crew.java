package io.scalable.planning.lookahead;

/**
 * A pool's workers at one moment.
 *
 * @param price of a worker-second
 * @param free seconds from now until each worker is free: running ones first, then idle, then
 *     starting ones
 * @param lead a worker that is needed within so many seconds must be asked for now
 */
record Crew(double price, double[] free, double lead) {}
