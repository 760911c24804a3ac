package io.scalable.planning.simulation;

/**
 * What a trace says of the workers of one pool.
 *
 * @param price what a second of one worker costs, relative to other pools, above 0
 * @param cores cores of one worker, above 0
 * @param slots tasks that one worker runs at a time, at least 1
 * @param maximum workers that the pool has at most, whatever the provider would allow
 */
public record TracePool(double price, double cores, int slots, int maximum) {}
