package io.scalable.worker;

import static io.scalable.worker.Leases.attempt;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AttemptTest {

    private final Attempt attempt = attempt("a", 1);

    @Test
    void stoppingARunningAttemptInterruptsItsThread() {
        assertThat(attempt.begin()).isTrue();

        attempt.stop(StopCause.TIMED_OUT);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(attempt.isCancelled()).isTrue();
    }

    @Test
    void anInterruptDoesNotOutliveItsAttempt() {
        assertThat(attempt.begin()).isTrue();
        attempt.stop(StopCause.TIMED_OUT);

        assertThat(attempt.end()).isTrue();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void stoppingAnEndedAttemptDoesNothing() {
        assertThat(attempt.begin()).isTrue();
        assertThat(attempt.end()).isTrue();

        attempt.stop(StopCause.REVOKED);

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(attempt.stopCause()).isNull();
    }

    @Test
    void onlyTheFirstToEndItReportsIt() {
        assertThat(attempt.begin()).isTrue();

        assertThat(attempt.end()).isTrue();
        assertThat(attempt.end()).isFalse();
    }

    @Test
    void aSilentCauseReplacesATimeoutButNotTheOtherWayRound() {
        attempt.stop(StopCause.TIMED_OUT);
        attempt.stop(StopCause.REVOKED);
        attempt.stop(StopCause.TIMED_OUT);

        assertThat(attempt.stopCause()).isEqualTo(StopCause.REVOKED);
        assertThat(attempt.begin()).isFalse();
    }
}
