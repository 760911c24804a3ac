package io.scalable.dispatcher.domain;

import io.scalable.contracts.Limits;
import java.time.Duration;

/**
 * The numbers that the machine goes by.
 *
 * @param lostAfter a worker that is silent for longer is lost
 * @param missedHeartbeats a lease that so many heartbeats in a row leave out is given out again
 * @param leaseGrace a younger lease may still be on its way, whatever heartbeats say; ten times as long if
 *     the worker has shown no lease that was given after it
 * @param untakenLimit a task whose leases workers have left out so often is given up
 * @param lostWorkersLimit a task that so many workers were lost under is given up
 * @param stalledLimit a task is given up after so many preempted or cut attempts in a row of which
 *     none lasted longer than one before
 * @param doubtFor a worker that is heard so long after one of its attempts died by a signal was not
 *     being ended
 * @param startFailuresLimit a pool whose workers fail to start so often in a row, none being ready,
 *     is given up
 * @param walltimeMargin an attempt must be expected to end so much before its worker does
 * @param prefetchLimit the most leases that may wait at a worker, per slot
 * @param prefetchBelow only tasks expected to be shorter than this wait at a worker, and only
 *     behind such tasks
 * @param overdueAfter leases that have waited at a worker for so long without any of its attempts
 *     beginning or ending are taken back for an idle worker
 * @param claimWithin after a restart workers have so long to say what they hold, before tasks are
 *     leased again: a little more than their heartbeats' period
 * @param demandEvery demand is sent at most so often
 * @param demandAtLeast demand is sent at least so often
 * @param endedKept an ended deployment, or one never published, is remembered for so long
 * @param goneKept a worker that is gone, or lost, is remembered for so long
 * @param resultsKept results of tasks outside the task graph that are kept for children to come
 * @param resultBytesKept bytes of these results, as JSON, about
 * @param tasksKept ended tasks that are kept whole; of older ones the outcome is kept
 */
public record Rules(
        Duration lostAfter,
        int missedHeartbeats,
        Duration leaseGrace,
        int untakenLimit,
        int lostWorkersLimit,
        int stalledLimit,
        Duration doubtFor,
        int startFailuresLimit,
        Duration walltimeMargin,
        int prefetchLimit,
        Duration prefetchBelow,
        Duration overdueAfter,
        Duration claimWithin,
        Duration demandEvery,
        Duration demandAtLeast,
        Duration endedKept,
        Duration goneKept,
        int resultsKept,
        long resultBytesKept,
        int tasksKept) {

    /** The rules of production. */
    public static Rules standard() {
        return new Rules(
                Duration.ofSeconds(6),
                2,
                Duration.ofSeconds(2),
                Limits.UNTAKEN_LEASES,
                Limits.LOST_WORKERS,
                Limits.STALLED_ATTEMPTS,
                Duration.ofSeconds(2),
                3,
                Duration.ofSeconds(5),
                512,
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                Duration.ofMillis(1_500),
                Duration.ofMillis(200),
                Duration.ofSeconds(5),
                Duration.ofHours(24),
                Duration.ofMinutes(10),
                Limits.RESULTS_KEPT,
                Limits.RESULTS_KEPT_BYTES,
                Limits.TASKS_KEPT);
    }

    /** The same rules, but so many ended tasks kept whole, and results for children to come. */
    Rules keepingTasks(int tasks, int results) {
        return new Rules(
                lostAfter,
                missedHeartbeats,
                leaseGrace,
                untakenLimit,
                lostWorkersLimit,
                stalledLimit,
                doubtFor,
                startFailuresLimit,
                walltimeMargin,
                prefetchLimit,
                prefetchBelow,
                overdueAfter,
                claimWithin,
                demandEvery,
                demandAtLeast,
                endedKept,
                goneKept,
                results,
                resultBytesKept,
                tasks);
    }
}
