package io.scalable.worker;

import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.FailureClass;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Takes attempts from their first report to their last, and stops them. Whatever is thrown on the
 * way, an attempt that has begun is reported as ended. A task that does not end although it was
 * stopped loses its slot to a new thread. Thread-safe.
 */
final class AttemptRunner {

    private static final System.Logger LOG = System.getLogger(AttemptRunner.class.getName());

    /** An attempt that ends within this time is told of by its end alone. */
    static final Duration SHORT = Duration.ofMillis(50);

    /** How long a stopped task may go on before its slot is taken from it. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Made of constants: what went wrong may be a lack of memory or of stack. */
    private static final Failure BROKEN =
            new Failure(
                    FailureClass.USER_ERROR,
                    "unreportable",
                    "the worker could not make a report of this attempt; the worker's log has the"
                            + " exception",
                    null);

    private final WorkerConfig config;
    private final TaskWork work;
    private final LeaseTable leases;
    private final Reporter reporter;
    private final Timer timer;
    private final Retirement retirement;
    private final Slots slots;
    private final Runnable afterEach;

    /**
     * @param afterEach called when an attempt has been reported and forgotten
     */
    AttemptRunner(
            WorkerConfig config,
            TaskWork work,
            LeaseTable leases,
            Reporter reporter,
            Timer timer,
            Retirement retirement,
            ClassLoader taskClasses,
            Runnable afterEach) {
        this.config = config;
        this.work = work;
        this.leases = leases;
        this.reporter = reporter;
        this.timer = timer;
        this.retirement = retirement;
        this.afterEach = afterEach;
        this.slots = new Slots(config.workerId(), leases, this::run, taskClasses);
        for (int i = 0; i < config.slots(); i++) {
            slots.add();
        }
    }

    /** Stops an attempt that waits or runs. */
    void stop(Attempt attempt, StopCause cause) {
        attempt.stop(cause);
        if (attempt.running()) {
            var unused = timer.after(PATIENCE, () -> giveUp(attempt));
        }
    }

    /** Stops everything for good; false if a task does not end within {@code patience}. */
    boolean stopAll(Duration patience) throws InterruptedException {
        leases.close().forEach(attempt -> stop(attempt, StopCause.STOPPED));
        return slots.awaitEnd(patience);
    }

    private void run(Attempt attempt) {
        try {
            Outcome outcome = perform(attempt);
            if (attempt.end()) {
                report(attempt, outcome);
            }
        } catch (RuntimeException | Error e) {
            attempt.end();
            report(attempt, Outcome.of(BROKEN));
            LOG.log(Level.ERROR, () -> attempt.key() + " ended by " + e);
        }
    }

    private Outcome perform(Attempt attempt) {
        Future<?> timeout = startTimeout(attempt.lease().timeoutSeconds(), attempt);
        Future<?> beginning = timer.after(SHORT, () -> tellBeginning(attempt));
        try {
            return retirement.judge(
                    AttemptSpan.around(config, attempt.lease(), () -> work.perform(attempt)));
        } catch (InterruptedException e) {
            // Stopped while its report was held back: the cause is what is told.
            return Outcome.of(Retirement.cutShort());
        } finally {
            beginning.cancel(false);
            if (timeout != null) {
                timeout.cancel(false);
            }
        }
    }

    private void tellBeginning(Attempt attempt) {
        if (attempt.running()) {
            reporter.started(attempt);
        }
    }

    private @Nullable Future<?> startTimeout(@Nullable Double seconds, Attempt attempt) {
        return seconds == null
                ? null
                : timer.after(
                        Duration.ofNanos((long) (seconds * 1e9)),
                        () -> stop(attempt, StopCause.TIMED_OUT));
    }

    private void giveUp(Attempt attempt) {
        if (attempt.end()) {
            LOG.log(
                    Level.WARNING,
                    attempt.key()
                            + " ignores its interrupt: its slot goes to a new thread, the old one"
                            + " is left to end by itself");
            StopCause cause = attempt.stopCause();
            report(
                    attempt,
                    Outcome.of(stopped(attempt, cause == null ? StopCause.TIMED_OUT : cause)));
            slots.replace(attempt.runner());
        }
    }

    private void report(Attempt attempt, Outcome outcome) {
        StopCause cause = attempt.stopCause();
        if (cause == null || !cause.silent()) {
            reporter.finished(
                    attempt, cause == null ? outcome : Outcome.of(stopped(attempt, cause)));
            // After the report: a heartbeat must not deny an attempt whose end is not yet told.
            leases.ended(attempt);
        }
        afterEach.run();
    }

    private static Failure stopped(Attempt attempt, StopCause cause) {
        return switch (cause) {
            case WALLTIME ->
                    new Failure(
                            FailureClass.WALLTIME,
                            "walltime",
                            "the worker's allocation ended before the attempt did",
                            null);
            case PREEMPTED -> Retirement.cutShort();
            case TIMED_OUT, REVOKED, STOPPED ->
                    new Failure(
                            FailureClass.TIMEOUT,
                            "timeout",
                            "stopped after its timeout of "
                                    + attempt.lease().timeoutSeconds()
                                    + " s",
                            null);
        };
    }
}
