package io.scalable.provider.reconcile;

import static io.scalable.provider.reconcile.ReconcileContext.names;
import static io.scalable.provider.reconcile.ReconcileContext.twoPools;
import static io.scalable.provider.reconcile.ReconcileContext.twoPoolsWithMaxWorkers;
import static io.scalable.provider.reconcile.ReconcileContext.twoPricedPools;
import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.worker.Launch;
import io.scalable.contracts.worker.WorkerLifecycle.RemovalCause;
import io.scalable.provider.Deployments;
import io.scalable.provider.backend.WorkerStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReconcilerTest {

    @Test
    void nothingHappensBeforeTheFirstPlan() {
        assertThat(twoPools().pass()).isEmpty();
    }

    @Test
    void whatIsMissingIsLaunchedOnce() {
        var context = twoPools();

        assertThat(names(context.planned(Map.of("a", 2, "b", 1))))
                .containsExactly("LaunchDecided a-1", "LaunchDecided a-2", "LaunchDecided b-1");
        assertThat(names(context.pass()))
                .containsExactly("WasQueued a-1", "WasQueued a-2", "WasQueued b-1");
        assertThat(context.pass()).isEmpty();
    }

    @Test
    void aPoolsMaximumIsNeverPassed() {
        var context = twoPools();

        assertThat(context.planned(Map.of("a", 9))).hasSize(4);
    }

    @Test
    void theTargetsMaximumHoldsOverAllPools() {
        var context = twoPoolsWithMaxWorkers(3);

        assertThat(names(context.planned(Map.of("a", 2, "b", 2))))
                .containsExactly("LaunchDecided a-1", "LaunchDecided a-2", "LaunchDecided b-1");
    }

    @Test
    void aDrainingWorkerHoldsItsPlaceUntilItHasGone() {
        var context = twoPoolsWithMaxWorkers(1);
        context.planned(Map.of("a", 1));
        context.ready("a-1").pass();

        assertThat(context.planned(Map.of("b", 1))).isEmpty();
        assertThat(names(context.exits(0, "a-1").pass()))
                .containsExactly("WasRemoved a-1", "LaunchDecided b-1");
    }

    @Test
    void strayWorkersHoldTheirPlaceToo() {
        var context = twoPoolsWithMaxWorkers(1).ready("a-7");

        assertThat(context.planned(Map.of("a", 1))).isEmpty();
    }

    @Test
    void onlyLaunchesThatAreNotReadyAreCancelled() {
        var context = twoPools();
        context.planned(Map.of("a", 3));
        context.ready("a-1").starts("a-2").pass();

        assertThat(names(context.planned(Map.of("a", 0))))
                .containsExactly("CancelDecided a-3", "CancelDecided a-2");
    }

    @Test
    void cancellingSparesWhatReadyWorkersDoNotFill() {
        var context = twoPools();
        context.planned(Map.of("a", 4));
        context.ready("a-1").starts("a-2", "a-3").pass();

        assertThat(names(context.planned(Map.of("a", 2))))
                .containsExactly("CancelDecided a-4", "CancelDecided a-3");
    }

    @Test
    void aReplacementWaitsForACancelledLaunchToBeGone() {
        var context = twoPools();
        context.planned(Map.of("a", 1));
        context.starts("a-1").pass();
        context.planned(Map.of("a", 0));

        assertThat(context.planned(Map.of("a", 1))).isEmpty();
        assertThat(names(context.exits(143, "a-1").pass()))
                .containsExactly("WasRemoved a-1", "LaunchDecided a-2");
    }

    @Test
    void aCancelledLaunchThatBecameReadyIsLeftToDrain() {
        var context = twoPools();
        context.planned(Map.of("a", 1));
        context.starts("a-1").pass();
        context.planned(Map.of("a", 0));

        context.ready("a-1").pass();

        assertThat(context.elapse(Duration.ofMinutes(5)).pass()).isEmpty();
    }

    @Test
    void aCancelledLaunchThatHangsIsKilled() {
        var context = twoPools();
        context.planned(Map.of("a", 1));
        context.starts("a-1").pass();
        context.planned(Map.of("a", 0));

        assertThat(names(context.elapse(Duration.ofSeconds(10)).pass()))
                .containsExactly("KillDecided a-1");
    }

    @Test
    void aWorkerThatABackendDoesNotTellOfIsNotCancelledAfterARestart() {
        var context = twoPools();
        context.planned(Map.of("a", 1));
        context.ready("a-1").pass();
        context.restart().lists(new WorkerStatus.Unknown("node unreachable"), "a-1");

        assertThat(context.planned(Map.of("a", 0))).isEmpty();
        assertThat(context.elapse(Duration.ofMinutes(5)).pass()).isEmpty();
    }

    @Test
    void aCancelledLaunchIsNotKilledWhileItMayBeAtWork() {
        var context = twoPools();
        context.planned(Map.of("a", 1));
        context.starts("a-1").pass();
        context.planned(Map.of("a", 0));
        context.lists(new WorkerStatus.Unknown("node unreachable"), "a-1");

        assertThat(context.elapse(Duration.ofMinutes(5)).pass()).isEmpty();
        assertThat(names(context.starts("a-1").pass())).containsExactly("KillDecided a-1");
    }

    @Test
    void aLostWorkerIsReplacedAtOnce() {
        var context = twoPools();
        context.planned(Map.of("a", 1));
        context.ready("a-1").pass();

        assertThat(names(context.exits(137, "a-1").pass()))
                .containsExactly("HasFailed a-1", "LaunchDecided a-2");
    }

    @Test
    void aPlanWithoutChangeDecidesNothing() {
        var context = twoPools();
        context.planned(Map.of("a", 1));
        context.ready("a-1").pass();

        assertThat(context.planned(Map.of("a", 1))).isEmpty();
    }

    @Test
    void startFailuresBackOffTwiceAsLongEachTimeUpToALimit() {
        var context = twoPools();
        context.planned(Map.of("a", 1));
        for (int wait : new int[] {1, 2, 4, 8, 8}) {
            String worker = context.tracked().getFirst();
            assertThat(names(context.exits(1, worker).pass()))
                    .containsExactly("HasFailed " + worker);
            assertThat(context.elapse(Duration.ofSeconds(wait).minusMillis(1)).pass()).isEmpty();
            assertThat(context.elapse(Duration.ofMillis(1)).pass()).hasSize(1);
        }
    }

    @Test
    void launchesThatFailTogetherCountOnce() {
        var context = twoPools();
        context.planned(Map.of("a", 3));
        context.elapse(Duration.ofMillis(5)).exits(1, "a-1").pass();
        context.elapse(Duration.ofMillis(5)).exits(1, "a-2", "a-3").pass();

        assertThat(context.elapse(Duration.ofSeconds(1)).pass()).hasSize(3);
    }

    @Test
    void aWorkerThatBecomesReadyEndsTheBackOff() {
        var context = twoPools();
        context.planned(Map.of("a", 2));
        context.exits(1, "a-1").pass();

        assertThat(names(context.ready("a-2").pass()))
                .containsExactly("HasStarted a-2", "BecameReady a-2", "LaunchDecided a-3");
    }

    @Test
    void onePoolsBackOffLeavesTheOtherAlone() {
        var context = twoPools();
        context.planned(Map.of("a", 1));
        context.exits(1, "a-1").pass();

        assertThat(names(context.planned(Map.of("a", 1, "b", 1))))
                .containsExactly("LaunchDecided b-1");
    }

    @Test
    void theDeploymentsEndTerminatesAllAndKillsAfterTheGrace() {
        var context = twoPools();
        context.planned(Map.of("a", 2));
        context.ready("a-1").starts("a-2").pass();

        assertThat(names(context.ended()))
                .containsExactly("TerminateDecided a-1", "TerminateDecided a-2");
        assertThat(names(context.exits(0, "a-1").pass())).containsExactly("WasRemoved a-1");
        assertThat(names(context.elapse(Duration.ofSeconds(10)).pass()))
                .containsExactly("KillDecided a-2");
        assertThat(names(context.exits(137, "a-2").pass())).containsExactly("WasRemoved a-2");
        assertThat(context.tracked()).isEmpty();
    }

    @Test
    void unknownIsNotFailed() {
        var context = twoPools();
        context.planned(Map.of("a", 1));
        context.ready("a-1").pass();

        assertThat(context.lists(new WorkerStatus.Unknown("asking failed"), "a-1").pass())
                .isEmpty();
        assertThat(context.tracked()).containsExactly("a-1");
    }

    @Test
    void aWorkerAboutToEndIsReplacedAheadOfTimeOnce() {
        var context = twoPools().launchLead(Duration.ofSeconds(60));
        context.planned(Map.of("a", 1));
        context.readyUntil(Duration.ofSeconds(90), "a-1").pass();

        assertThat(names(context.pass())).isEmpty();
        assertThat(names(context.elapse(Duration.ofSeconds(30)).pass()))
                .containsExactly("LaunchDecided a-2");
        assertThat(names(context.pass())).containsExactly("WasQueued a-2");
        assertThat(names(context.ready("a-2").pass())).doesNotContain("CancelDecided a-2");
    }

    @Test
    void aSuccessorNeverPassesTheTargetsMaximum() {
        var context = twoPoolsWithMaxWorkers(1).launchLead(Duration.ofSeconds(60));
        context.planned(Map.of("a", 1));
        context.readyUntil(Duration.ofSeconds(30), "a-1").pass();

        assertThat(names(context.pass())).isEmpty();
    }

    @Test
    void aWorkerThatDrainsBeforeItsAllocationEndsIsNoFailure() {
        var context = twoPools();
        context.planned(Map.of("a", 1));
        context.readyUntil(Duration.ofSeconds(60), "a-1").pass();

        List<WorkerEvent> events = context.elapse(Duration.ofSeconds(55)).exits(0, "a-1").pass();

        assertThat(events)
                .filteredOn(WorkerEvent.WasRemoved.class::isInstance)
                .extracting(e -> ((WorkerEvent.WasRemoved) e).cause())
                .containsExactly(RemovalCause.ALLOCATION_ENDED);
    }

    @Test
    void anHourNeverCostsMoreThanItMay() {
        var context = twoPricedPools(100, 5);

        assertThat(names(context.planned(Map.of("a", 1, "b", 4))))
                .containsExactly("LaunchDecided a-1", "LaunchDecided b-1");
        context.ready("a-1", "b-1").pass();
        assertThat(names(context.planned(Map.of("a", 2, "b", 1))))
                .containsExactly("LaunchDecided a-2");
    }

    @Test
    void drainingAndEndingWorkersHoldTheirPrice() {
        var context = twoPricedPools(100, 3);
        context.planned(Map.of("b", 1));
        context.ready("b-1").pass();

        assertThat(context.planned(Map.of("a", 1, "b", 0))).isEmpty();
        assertThat(names(context.exits(0, "b-1").pass())).contains("LaunchDecided a-1");
    }

    @Test
    void straysHoldThePlacesAndThePriceOfTheirPool() {
        var context = twoPricedPools(100, 100);
        context.ready("a-7", "a-8", "a-9");

        assertThat(names(context.planned(Map.of("a", 4)))).containsExactly("LaunchDecided a-1");

        var cheap = twoPricedPools(100, 4);
        cheap.ready("b-7");
        assertThat(names(cheap.planned(Map.of("a", 4)))).containsExactly("LaunchDecided a-1");
    }

    @Test
    void workersOfBeforeARestartHoldTheirPriceWhileNothingIsKnownOfThem() {
        var context =
                twoPricedPools(100, 4)
                        .recoveredFrom(launch("b", 1))
                        .lists(new WorkerStatus.Unknown("no answer"), "b-1");

        assertThat(names(context.planned(Map.of("a", 4, "b", 1))))
                .containsExactly("LaunchDecided a-1");
    }

    private static Launch launch(String pool, int ordinal) {
        return new Launch(
                ReconcileContext.ID,
                pool,
                ReconcileContext.ID + "-" + pool + "-" + ordinal,
                ordinal,
                Launch.Step.LAUNCHED,
                null,
                Deployments.START);
    }

    /** What a host keeps is each worker that is there, and the newest number of each pool. */
    @Test
    void tenThousandWorkersThatCameAndWentLeaveNothing() {
        var context = twoPools();
        context.planned(Map.of("a", 2));

        for (int i = 1; i <= 10_000; i++) {
            context.ready("a-" + i, "a-" + (i + 1)).pass();
            context.exits(0, "a-" + i).elapse(Duration.ofMinutes(50)).pass();
        }

        assertThat(context.tracked()).containsExactly("a-10001", "a-10002");
        assertThat(context.listing).hasSize(2);
        assertThat(context.restart().tracked()).containsExactly("a-10001", "a-10002");
        assertThat(names(context.pass())).noneMatch(name -> name.startsWith("LaunchDecided"));
    }
}
