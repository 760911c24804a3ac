package io.scalable.telemetry.domain;

import org.jspecify.annotations.Nullable;

/**
 * A pool as it is now, or was at its deployment's end.
 *
 * @param desired what the newest plan wants; null before the first
 * @param now the newest sample; null before the first
 * @param workersStarted how many workers have run
 * @param workerSeconds how long they have run together, seconds
 * @param coreHours the same, times a worker's cpus, hours
 */
public record PoolHistory(
        ComponentHistory component,
        @Nullable Integer desired,
        @Nullable PoolSample now,
        long workersStarted,
        double workerSeconds,
        double coreHours) {}
