package io.scalable.contracts.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.scalable.contracts.deployment.Pricing;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.worker.WorkerLifecycle.RemovalCause;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerFailed;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRemoved;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRequested;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerStarted;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkerBillsTest {

    private static final Instant START = Instant.parse("2026-01-31T10:00:00Z");

    /** A second of a worker of a costs 1. */
    private static final Pricing PRICES =
            new Pricing("USD", "2026-01-01", Map.of("a", 3600.0, "b", 36.0), 60, 40, null, null);

    private final WorkerBills bills = new WorkerBills();

    @Test
    void aWorkerIsPaidFromItsStartToItsEndAndForALimitedWaitBefore() {
        requested("w", 0);
        started("w", 100);
        removed("w", 400);
        assertThat(cost(1000)).isEqualTo(300 + 40);
    }

    @Test
    void aShortStartIsPaidAsItWas() {
        requested("w", 0);
        started("w", 15);
        assertThat(cost(115)).isEqualTo(115);
    }

    @Test
    void oneThatStartedOrMayStillStartCostsTheMinimum() {
        requested("w", 0);
        assertThat(cost(1)).as("committed").isEqualTo(60);
        started("w", 10);
        removed("w", 20);
        assertThat(cost(21)).isEqualTo(60);
    }

    @Test
    void oneThatNeverRanCostsItsWaitAlone() {
        requested("refused", 0);
        failed("refused", 0);
        assertThat(cost(500)).isZero();
        requested("w", 0);
        failed("w", 500);
        assertThat(cost(500)).isEqualTo(40);
    }

    @Test
    void whatIsToldTwiceCountsOnce() {
        requested("w", 0);
        started("w", 0);
        started("w", 50);
        removed("w", 100);
        failed("w", 900);
        started("w", 950);
        assertThat(cost(1000)).isEqualTo(100);
    }

    @Test
    void workersThatAreGoneAreSettledAndCostTheSame() {
        for (int i = 0; i < 1000; i++) {
            requested("w" + i, 0);
            started("w" + i, 0);
            removed("w" + i, 100);
        }
        requested("there", 0);
        started("there", 0);
        double before = cost(200);

        bills.settle(PRICES);

        assertThat(cost(200)).isCloseTo(before, within(1e-6));
        assertThat(bills.all()).hasSize(1);
    }

    @Test
    void whatIsToldAgainOfASettledWorkerIsNotPaidAgain() {
        requested("w", 0);
        started("w", 0);
        removed("w", 100);
        bills.settle(PRICES);

        started("w", 50);

        assertThat(cost(1000)).isEqualTo(100);
        assertThat(bills.all()).isEmpty();
    }

    @Test
    void aComponentWithoutAPriceIsTakenForTheDearest() {
        assertThat(PRICES.perHour("gone")).isEqualTo(3600);
        assertThat(PRICES.cost("b", 100)).isCloseTo(1, within(1e-9));
    }

    private double cost(long now) {
        return bills.cost(PRICES, START.plusSeconds(now));
    }

    private void requested(String worker, long at) {
        bills.add(new WorkerRequested("d", "a", worker, 1, START.plusSeconds(at)));
    }

    private void started(String worker, long at) {
        bills.add(new WorkerStarted("d", "a", worker, "node", START.plusSeconds(at)));
    }

    private void removed(String worker, long at) {
        bills.add(
                new WorkerRemoved("d", "a", worker, RemovalCause.SCALED_IN, START.plusSeconds(at)));
    }

    private void failed(String worker, long at) {
        bills.add(
                new WorkerFailed(
                        "d",
                        "a",
                        worker,
                        FailureClass.START_FAILURE,
                        "no",
                        null,
                        START.plusSeconds(at)));
    }
}
