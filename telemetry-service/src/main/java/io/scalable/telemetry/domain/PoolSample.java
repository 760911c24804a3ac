package io.scalable.telemetry.domain;

import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.contracts.scaling.PoolObservation.TaskCounts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What a pool needed and had at one moment.
 *
 * @param at to the second: the last word of a second stands for it
 * @param blocked tasks that wait for others
 * @param ready tasks that wait for a worker
 * @param running tasks that run
 * @param done tasks that have ended, however
 * @param idle workers with nothing to do
 * @param starting workers that were asked for and are not ready
 * @param draining workers that leave after what they run; not in {@code alive}
 * @param alive workers that are idle, running or starting
 */
public record PoolSample(
        String deploymentId,
        String component,
        Instant at,
        int blocked,
        int ready,
        int running,
        int done,
        int idle,
        int starting,
        int draining,
        int alive) {

    /** The samples that a line of demand holds, one for each pool. */
    public static List<PoolSample> of(PoolDemand demand) {
        return demand.pools().stream().map(pool -> of(demand, pool)).toList();
    }

    private static PoolSample of(PoolDemand demand, PoolObservation pool) {
        return new PoolSample(
                demand.deploymentId(),
                pool.pool(),
                demand.at().truncatedTo(ChronoUnit.SECONDS),
                pool.blocked(),
                pool.ready(),
                pool.runningSeconds().size(),
                pool.tasks().stream().mapToInt(TaskCounts::done).sum(),
                pool.idle().size(),
                pool.starting().size(),
                pool.draining(),
                pool.alive());
    }
}
