package io.scalable.planning.lookahead;

import io.scalable.contracts.deployment.Bounds;

/**
 * One pool, as it stays while the deployment lives.
 *
 * @param name its component
 * @param bounds its limits
 * @param price what a second of one worker costs, relative to the other pools, above 0
 */
public record PoolSpec(String name, Bounds bounds, double price) {}
