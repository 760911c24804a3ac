package io.scalable.planning;

import io.scalable.contracts.deployment.Bounds;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One pool at one moment, as {@link PoolScaler} sees it.
 *
 * @param bounds its limits
 * @param slots tasks that one worker runs at a time
 * @param current its desired workers now; launches under way are among them
 * @param tasks tasks that wait for a worker or run
 * @param wanted how large it should be for its work
 * @param lastUp when it last grew; null if never
 * @param lastChange when its count last changed; null if never
 */
record PoolLoad(
        Bounds bounds,
        int slots,
        int current,
        int tasks,
        PoolSize wanted,
        @Nullable Instant lastUp,
        @Nullable Instant lastChange) {

    /** Work per slot; infinite if there is work and no worker. */
    double utilisation() {
        return tasks == 0 ? 0 : tasks / ((double) current * slots);
    }
}
