package io.scalable.dispatcher.domain;

import io.scalable.contracts.Payload;
import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.TaskState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a task is. The {@code toX} methods are the only legal moves; the table in the module's
 * README lists them, and a test compares the two.
 */
public sealed interface TaskStatus {

    /** Not ended: it can still be stopped. */
    sealed interface Open extends TaskStatus {
        /** The last move, from wherever it is. */
        default Ended toEnded(Ended ended) {
            return ended;
        }
    }

    /** In a worker's hands. */
    sealed interface Held extends Open {
        String workerId();

        /** The attempt is over, and another must follow. */
        default Queued toQueued(Instant now) {
            return new Queued(now);
        }
    }

    /** Submitted; its deployment may not be published yet. */
    record Parked() implements Open {
        Blocked toBlocked() {
            return new Blocked();
        }
    }

    /** Has a pool, and waits for the tasks it needs. */
    record Blocked() implements Open {
        Queued toQueued(Instant now) {
            return new Queued(now);
        }
    }

    /** Waits for a worker. */
    record Queued(Instant since) implements Open {
        Leased toLeased(String workerId, Instant now) {
            return new Leased(workerId, now);
        }
    }

    /** A worker has it and has not begun. */
    record Leased(String workerId, Instant since) implements Held {
        Running toRunning(Instant now) {
            return new Running(workerId, now, null);
        }
    }

    /**
     * A worker runs it.
     *
     * @param since when the attempt began, by the dispatcher's clock
     * @param doubt how the attempt ended, where it is not clear yet whose doing that was; null
     *     while it runs
     */
    record Running(String workerId, Instant since, @Nullable Doubt doubt) implements Held {
        Running in(Doubt next) {
            return new Running(workerId, since, next);
        }
    }

    /**
     * An attempt that ended by a signal: its worker may be about to be ended too.
     *
     * @param failure how it ended
     * @param seconds how long it ran, seconds
     * @param since when the worker's report came
     */
    record Doubt(Failure failure, double seconds, Instant since) {}

    /**
     * It is over, however.
     *
     * @param outcome a terminal state
     * @param reason why it was cancelled or skipped; null otherwise
     * @param durationSeconds how long the last attempt ran, seconds; null if it did not report
     * @param reference the result, if it lies in storage; null otherwise
     */
    record Ended(
            TaskState outcome,
            Instant at,
            @Nullable String reason,
            @Nullable Double durationSeconds,
            @Nullable Payload reference)
            implements TaskStatus {
        public Ended {
            if (!outcome.terminal()) {
                throw new IllegalArgumentException("a task cannot end as " + outcome);
            }
        }
    }
}
