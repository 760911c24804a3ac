package io.scalable.worker;

import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.FailureClass;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Whether the worker's platform is ending it. What fails meanwhile fails for that reason: a batch
 * system or a machine that shuts down signals the worker and all that it started alike, in any
 * order. Thread-safe.
 */
final class Retirement {

    /**
     * How long the report of a command that a stranger's signal ended is held back, to see whether
     * the worker gets a signal as well: they come within milliseconds of each other, and a paused
     * or busy machine is granted two seconds.
     */
    static final Duration HOLD_BACK = Duration.ofSeconds(2);

    private final CountDownLatch begun = new CountDownLatch(1);

    /** The platform ends the worker, from now on. True for the first call. */
    synchronized boolean begin() {
        boolean first = begun.getCount() > 0;
        begun.countDown();
        return first;
    }

    boolean begun() {
        return begun.getCount() == 0;
    }

    /**
     * The outcome as it is to be told. Waits up to {@link #HOLD_BACK} if a signal that the worker
     * did not send ended the attempt.
     *
     * @throws InterruptedException if the attempt is stopped meanwhile
     */
    Outcome judge(Outcome outcome) throws InterruptedException {
        if (outcome.failure() == null) {
            return outcome;
        }
        boolean ending =
                outcome.signalled()
                        ? begun.await(HOLD_BACK.toMillis(), TimeUnit.MILLISECONDS)
                        : begun();
        return ending ? Outcome.of(preempted(outcome.failure())) : outcome;
    }

    /** What is told of an attempt that was cut short. */
    static Failure cutShort() {
        return new Failure(
                FailureClass.PREEMPTED,
                "preempted",
                "the worker was ended by its platform before the attempt was done",
                null);
    }

    private static Failure preempted(Failure failure) {
        return new Failure(
                FailureClass.PREEMPTED,
                failure.type(),
                Excerpt.head(
                        "the worker was being ended by its platform when the attempt failed: "
                                + failure.message()),
                failure.stack());
    }
}
