package io.scalable.planning;

import io.scalable.contracts.deployment.Bounds;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One pool at one moment, as {@link PoolScaler} sees it.
 *
 * @param bounds its limits
 * @param slots tasks that one worker runs at a time
 * @param current its desired workers now; launches under way are among them
 * @param tasks tasks that wait for a worker or run
 * @param soon blocked tasks that can start before a new worker would be ready
 * @param later blocked tasks that can start so soon that idle workers should wait for them
 * @param exhausted true if no work is left and none can come
 * @param size how large the objective wants it
 * @param surplus for how long it has had more workers than work
 * @param lastUp when it last grew; null if never
 * @param lastChange when its count last changed; null if never
 */
record PoolLoad(
        Bounds bounds,
        int slots,
        int current,
        int tasks,
        int soon,
        int later,
        boolean exhausted,
        PoolSize size,
        Duration surplus,
        @Nullable Instant lastUp,
        @Nullable Instant lastChange) {

    /** The most workers that have something to do. */
    int useful() {
        return Math.ceilDiv(tasks + soon, slots);
    }

    /** The workers that should stay. */
    int needed() {
        return Math.ceilDiv(tasks + Math.max(soon, later), slots);
    }

    /** Work per slot; infinite if there is work and no worker. */
    double utilisation() {
        double work = (double) tasks + soon;
        return work == 0 ? 0 : work / ((double) current * slots);
    }
}
