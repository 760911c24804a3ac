package io.scalable.planning.lookahead;

/**
 * How many workers a pool should have from now on.
 *
 * @param pool the pool
 * @param desired idle, running and starting workers together, within the pool's bounds
 * @param reason why, for people
 * @param constraint what kept it from being different, as in a scale plan
 */
public record PoolTarget(String pool, int desired, String reason, String constraint) {}
