package io.scalable.dispatcher.domain;

import java.time.Duration;

/**
 * The numbers that the machine goes by.
 *
 * @param lostAfter a worker that is silent for longer is lost
 * @param missedHeartbeats a lease that so many heartbeats in a row leave out is given out again
 * @param leaseGrace a younger lease may still be on its way, whatever heartbeats say
 * @param lostWorkersLimit a task that so many workers were lost under is given up
 * @param startFailuresLimit a pool whose workers fail to start so often in a row, none being ready,
 *     is given up
 * @param walltimeMargin an attempt must be expected to end so much before its worker does
 * @param roundTrip from a worker's report to its next lease, about
 * @param prefetchLimit the most leases that may wait at a worker, per slot
 * @param prefetchBelow only tasks shorter than this wait at a worker
 * @param claimWithin after a restart workers have so long to say what they hold, before tasks are
 *     leased again: a little more than their heartbeats' period
 * @param demandEvery demand is sent at most so often
 * @param demandAtLeast demand is sent at least so often
 * @param endedKept an ended deployment, or one never published, is remembered for so long
 * @param resultsKept results of tasks outside the task graph that are kept for children to come
 */
public record Rules(
        Duration lostAfter,
        int missedHeartbeats,
        Duration leaseGrace,
        int lostWorkersLimit,
        int startFailuresLimit,
        Duration walltimeMargin,
        Duration roundTrip,
        int prefetchLimit,
        Duration prefetchBelow,
        Duration claimWithin,
        Duration demandEvery,
        Duration demandAtLeast,
        Duration endedKept,
        int resultsKept) {

    /** The rules of production. */
    public static Rules standard() {
        return new Rules(
                Duration.ofSeconds(6),
                2,
                Duration.ofSeconds(2),
                5,
                3,
                Duration.ofSeconds(5),
                Duration.ofMillis(10),
                64,
                Duration.ofMillis(100),
                Duration.ofMillis(1_500),
                Duration.ofMillis(200),
                Duration.ofSeconds(5),
                Duration.ofHours(24),
                10_000);
    }
}
