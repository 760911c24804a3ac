package io.scalable.planning.simulation;

/**
 * A pool's workers changed by a decision.
 *
 * @param at seconds since the start
 * @param pool the pool's name
 * @param from workers that were idle, running or starting before
 * @param to and after
 */
public record Change(double at, String pool, int from, int to) {}
