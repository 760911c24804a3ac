package io.scalable.provider.reconcile;

/**
 * Which worker.
 *
 * @param component the pool's component
 * @param workerId the worker's id
 * @param ordinal its number within its pool, from 1
 */
public record WorkerRef(String component, String workerId, int ordinal) {}
