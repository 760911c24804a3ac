package io.scalable.planning;

import io.scalable.contracts.deployment.Bounds;

/**
 * One pool as the sizing sees it.
 *
 * @param component its component
 * @param bounds its limits
 * @param crew its present workers
 */
record PoolWork(String component, Bounds bounds, Crew crew) {

    /** Workers for {@code tasks} at once; with several slots the last worker may be part full. */
    int workersFor(int tasks) {
        return Math.ceilDiv(tasks, crew.slotsPerWorker());
    }
}
