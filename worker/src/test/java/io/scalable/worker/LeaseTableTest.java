package io.scalable.worker;

import static io.scalable.worker.Leases.attempt;
import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.worker.WorkerReport.HeldAttempt;
import org.junit.jupiter.api.Test;

class LeaseTableTest {

    private final LeaseTable leases = new LeaseTable();

    @Test
    void attemptsAreTakenInTheOrderTheyCame() throws Exception {
        grant(attempt("a", 1));
        grant(attempt("b", 1));

        assertThat(leases.take().taskId()).isEqualTo("d1/a/0");
        assertThat(leases.take().taskId()).isEqualTo("d1/b/0");
    }

    @Test
    void theSameAttemptDeliveredTwiceIsHeldOnce() throws Exception {
        grant(attempt("a", 1));
        grant(attempt("a", 1));
        Attempt first = leases.take();
        leases.ended(first);
        grant(attempt("a", 1));

        assertThat(leases.held()).isEmpty();
    }

    @Test
    void aNewerAttemptReplacesAnOlderOneThatRuns() throws Exception {
        grant(attempt("a", 1));
        Attempt older = leases.take();

        assertThat(leases.grant(attempt("a", 2))).containsSame(older);
        assertThat(leases.held()).containsExactly(new HeldAttempt("d1/a/0", 2, false));
    }

    @Test
    void anOlderAttemptChangesNothing() {
        grant(attempt("a", 2));
        grant(attempt("a", 1));

        assertThat(leases.held()).containsExactly(new HeldAttempt("d1/a/0", 2, false));
    }

    @Test
    void aRevokedAttemptMayBeGrantedAgain() {
        grant(attempt("a", 1));

        assertThat(leases.revoke(new AttemptKey("d1/a/0", 1))).isPresent();
        assertThat(leases.held()).isEmpty();

        grant(attempt("a", 1));
        assertThat(leases.held()).hasSize(1);
    }

    @Test
    void revokingAnotherAttemptOfTheTaskChangesNothing() {
        grant(attempt("a", 2));

        assertThat(leases.revoke(new AttemptKey("d1/a/0", 1))).isEmpty();
        assertThat(leases.held()).hasSize(1);
    }

    @Test
    void theEndOfAReplacedAttemptLeavesTheNewerOneAlone() throws Exception {
        grant(attempt("a", 1));
        Attempt older = leases.take();
        assertThat(leases.grant(attempt("a", 2))).isPresent();

        leases.ended(older);

        assertThat(leases.held()).hasSize(1);
    }

    @Test
    void drainingHandsBackWhatWaitsAndKeepsWhatRuns() throws Exception {
        grant(attempt("a", 1));
        grant(attempt("b", 1));
        Attempt running = leases.take();

        leases.drain();
        grant(attempt("c", 1));

        assertThat(leases.held()).containsExactly(new HeldAttempt("d1/a/0", 1, true));
        assertThat(leases.drained()).isFalse();
        leases.ended(running);
        assertThat(leases.drained()).isTrue();
    }

    @Test
    void anAttemptStoppedWhileItWaitsIsNotTaken() throws Exception {
        Attempt stopped = attempt("a", 1);
        grant(stopped);
        grant(attempt("b", 1));
        stopped.stop(StopCause.REVOKED);

        assertThat(leases.take().taskId()).isEqualTo("d1/b/0");
    }

    @Test
    void aClosedTableGivesNothing() throws Exception {
        grant(attempt("a", 1));

        assertThat(leases.close()).hasSize(1);
        assertThat(leases.take()).isNull();
        grant(attempt("b", 1));
        assertThat(leases.held()).isEmpty();
    }

    private void grant(Attempt attempt) {
        assertThat(leases.grant(attempt)).isEmpty();
    }
}
