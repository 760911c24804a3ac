package io.scalable.telemetry.domain;

import java.time.Instant;

/**
 * A scale plan that changed a pool.
 *
 * @param generation the plan's
 * @param at when it was decided
 * @param workersBefore what the plan before it wanted
 * @param workersAfter what it wants
 * @param bindingConstraint what kept it from being different
 */
public record PoolDecision(
        String deploymentId,
        String component,
        long generation,
        Instant at,
        int workersBefore,
        int workersAfter,
        String reason,
        String bindingConstraint) {}
