package io.scalable.dispatcher.domain;

import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.TaskResult;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a task's attempts have come to. Immutable.
 *
 * @param attempts how many attempts were leased
 * @param retriesSpent how many of them failed by the user's own fault
 * @param workersLost how many workers were lost under the task
 * @param stalled how many attempts in a row the infrastructure cut short, none of which lasted
 *     longer than one before
 * @param longestSeconds the longest that an attempt lasted which the infrastructure cut short,
 *     seconds
 * @param untaken how many leases workers have left out of their heartbeats
 * @param failures failed attempts, oldest first: the first and the last few
 * @param startedAt when the last attempt began; null if none did
 * @param workerId the worker of the last attempt; null before the first
 */
public record TaskAccount(
        int attempts,
        int retriesSpent,
        int workersLost,
        int stalled,
        double longestSeconds,
        int untaken,
        List<Failure> failures,
        @Nullable Instant startedAt,
        @Nullable String workerId) {

    /** The account of a task that was never leased. */
    public static final TaskAccount EMPTY =
            new TaskAccount(0, 0, 0, 0, 0, 0, List.of(), null, null);

    public TaskAccount {
        failures = List.copyOf(failures);
    }

    TaskAccount leased(String worker) {
        return attempt(attempts + 1, failures, null, worker);
    }

    /** The account of a task that ran in an earlier life of its run. */
    TaskAccount ranBefore(int number, String worker) {
        return attempt(number, failures, startedAt, worker);
    }

    TaskAccount started(Instant at) {
        return attempt(attempts, failures, at, workerId);
    }

    /** The attempts that a result tells of. */
    TaskAccount asIn(TaskResult result) {
        return attempt(
                result.attempts(), result.failures(), result.startedAt(), result.workerId());
    }

    /** The same counts with another last attempt. */
    private TaskAccount attempt(
            int number, List<Failure> failed, @Nullable Instant began, @Nullable String worker) {
        return new TaskAccount(
                number,
                retriesSpent,
                workersLost,
                stalled,
                longestSeconds,
                untaken,
                failed,
                began,
                worker);
    }

    /** One more failure, for which nothing is counted. */
    TaskAccount failed(Failure failure) {
        return with(
                retriesSpent,
                workersLost,
                stalled,
                longestSeconds,
                untaken,
                FailureList.with(failures, failure));
    }

    /** One more of the task's own retries is spent; what the infrastructure did before is over. */
    TaskAccount retrySpent() {
        return with(retriesSpent + 1, workersLost, 0, longestSeconds, untaken, failures);
    }

    /**
     * The infrastructure cut an attempt short.
     *
     * @param seconds how long it had lasted; 0 if it had not begun
     * @param lost true if the worker was lost
     */
    TaskAccount cutShort(double seconds, boolean lost) {
        boolean progress = seconds > longestSeconds;
        return with(
                retriesSpent,
                workersLost + (lost ? 1 : 0),
                progress ? 0 : stalled + 1,
                Math.max(longestSeconds, seconds),
                untaken,
                failures);
    }

    /** A worker left the lease out of its heartbeats. */
    TaskAccount leftOut() {
        return with(retriesSpent, workersLost, stalled, longestSeconds, untaken + 1, failures);
    }

    private TaskAccount with(
            int retriesSpent,
            int workersLost,
            int stalled,
            double longestSeconds,
            int untaken,
            List<Failure> failures) {
        return new TaskAccount(
                attempts,
                retriesSpent,
                workersLost,
                stalled,
                longestSeconds,
                untaken,
                failures,
                startedAt,
                workerId);
    }
}
