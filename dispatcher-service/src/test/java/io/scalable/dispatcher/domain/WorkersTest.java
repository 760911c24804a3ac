package io.scalable.dispatcher.domain;

import static io.scalable.dispatcher.domain.Scenario.aDeployment;
import static io.scalable.dispatcher.domain.Scenario.held;
import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.task.TaskEvent.TaskDeadLettered;
import io.scalable.contracts.task.TaskEvent.TaskRetried;
import io.scalable.contracts.task.TaskEvent.WorkerLost;
import io.scalable.contracts.task.TaskState;
import io.scalable.contracts.worker.Assignment.DrainRequested;
import io.scalable.contracts.worker.Assignment.LeaseRevoked;
import io.scalable.contracts.worker.WorkerLifecycle.RemovalCause;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRemoved;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRequested;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Workers that come, drain, fall silent, fail and never start. */
class WorkersTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void aLostWorkersTaskIsQueuedAgainAtNoCost() {
        var s = aDeployment().submit("fit", 0).workerReady("w1").start("w1", "fit", 0, 1);

        s.elapse(Duration.ofSeconds(6));
        assertThat(s.state("fit", 0)).isEqualTo(TaskState.RUNNING);
        s.elapse(SECOND);

        assertThat(s.said(WorkerLost.class)).singleElement().matches(l -> l.attempts() == 1);
        assertThat(s.said(TaskRetried.class)).singleElement().matches(r -> !r.spent());
        s.workerReady("w2");
        assertThat(s.leases("w2")).containsExactly("fit/0#2");
    }

    @Test
    void aWorkerThatBeatsIsNotLost() {
        var s = aDeployment().submit("fit", 0).workerReady("w1").start("w1", "fit", 0, 1);

        for (int i = 0; i < 60; i++) {
            s.elapse(SECOND).heartbeat("w1", held("fit", 0, 1));
        }

        assertThat(s.said(WorkerLost.class)).isEmpty();
        assertThat(s.state("fit", 0)).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void aDispatcherThatIsBehindLosesNobodyWhoseHeartbeatsItHasNotRead() {
        var s = aDeployment().submit("fit", 0).workerReady("w1").start("w1", "fit", 0, 1);
        s.elapse(SECOND).elapseBehind(Duration.ofSeconds(30));
        s.heartbeat("w1", held("fit", 0, 1)).elapse(SECOND);

        assertThat(s.said(WorkerLost.class)).isEmpty();
        s.elapse(Duration.ofSeconds(6));
        assertThat(s.said(WorkerLost.class)).hasSize(1);
    }

    @Test
    void aDispatcherThatWakesUpReadsFirst() {
        var s = aDeployment().submit("fit", 0).workerReady("w1").start("w1", "fit", 0, 1);
        s.elapse(Duration.ofSeconds(3));

        s.now = s.now.plusSeconds(20);
        s.elapseBehind(Duration.ofSeconds(8));
        s.heartbeat("w1", held("fit", 0, 1)).elapse(Duration.ofSeconds(5));

        assertThat(s.said(WorkerLost.class)).isEmpty();
    }

    @Test
    void severalShortPausesOfTheDispatcherLoseNobody() {
        var s = aDeployment().submit("fit", 0).workerReady("w1").tick();

        for (int i = 0; i < 3; i++) {
            s.now = s.now.plusMillis(2_900);
            s.tick();
        }

        assertThat(s.said(WorkerLost.class)).isEmpty();
    }

    @Test
    void aBrokerThatWasAwayLosesNobody() {
        var s = aDeployment().submit("fit", 0).workerReady("w1").elapse(SECOND);

        s.elapseBehind(Duration.ofMinutes(2)).elapse(Duration.ofSeconds(2));

        assertThat(s.said(WorkerLost.class)).isEmpty();
    }

    @Test
    void aDispatcherThatWasAsleepItselfLosesNobody() {
        var s = aDeployment().submit("fit", 0).workerReady("w1").elapse(SECOND);

        s.now = s.now.plusSeconds(60);
        s.elapse(SECOND);

        assertThat(s.said(WorkerLost.class)).isEmpty();
    }

    @Test
    void aWorkerThatItsProviderGivesUpIsLostAtOnce() {
        var s =
                aDeployment()
                        .submit("fit", 0)
                        .workerReady("w1")
                        .workerReady("w2")
                        .start("w1", "fit", 0, 1);

        s.workerFailed("w1", FailureClass.NODE_FAILURE);

        assertThat(s.leases("w2")).containsExactly("fit/0#2");
        s.listen().heartbeat("w1", held("fit", 0, 1));
        assertThat(s.told(LeaseRevoked.class)).hasSize(1);
        assertThat(s.told(DrainRequested.class)).hasSize(1);
    }

    @Test
    void outOfMemoryComesOutOfTheRetriesOfWhatRan() {
        var s = aDeployment();
        s.submit("fit", 0, 0, 0, null).workerReady("w1").start("w1", "fit", 0, 1);

        s.workerFailed("w1", FailureClass.OUT_OF_MEMORY);

        assertThat(s.state("fit", 0)).isEqualTo(TaskState.FAILED);
    }

    @Test
    void aTaskThatTakesDownFiveWorkersIsGivenUp() {
        var s = aDeployment().submit("fit", 0);

        for (int i = 1; i <= 5; i++) {
            s.workerReady("w" + i)
                    .start("w" + i, "fit", 0, i)
                    .workerFailed("w" + i, FailureClass.NODE_FAILURE);
        }

        assertThat(s.said(TaskDeadLettered.class)).hasSize(1);
        assertThat(s.results).singleElement().matches(r -> r.failures().size() == 5);
    }

    @Test
    void whatOnlyWaitedAtALostWorkerIsNotBlamed() {
        var s =
                aDeployment()
                        .workerReady("w1")
                        .submitMany("noop", 5)
                        .finish("w1", "noop", 0, 1, 0.001);
        s.start("w1", "noop", 1, 1);

        s.workerFailed("w1", FailureClass.NODE_FAILURE);

        assertThat(s.entry("noop", 1).account().workersLost()).isEqualTo(1);
        assertThat(s.entry("noop", 2).account().workersLost()).isZero();
        assertThat(s.said(TaskRetried.class)).hasSize(1);
    }

    @Test
    void aLeaseThatTwoHeartbeatsLeaveOutIsGivenOutAgain() {
        var s = aDeployment().submit("fit", 0).workerReady("w1", 2, null);
        s.elapse(Duration.ofMillis(10)).submit("fit", 1);

        s.elapse(SECOND).heartbeat("w1", held("fit", 1, 1));
        assertThat(s.leases("w1")).containsExactly("fit/0#1", "fit/1#1");
        s.elapse(SECOND).heartbeat("w1", held("fit", 1, 1));

        assertThat(s.told(LeaseRevoked.class)).hasSize(1);
        assertThat(s.leases("w1")).containsExactly("fit/0#1", "fit/1#1", "fit/0#2");
        assertThat(s.entry("fit", 0).account().retriesSpent()).isZero();
    }

    @Test
    void aLeaseThatABusyWorkerHasNotReadYetIsNotGivenOutAgain() {
        var s = aDeployment().submit("fit", 0).workerReady("w1", 2, null);
        s.elapse(Duration.ofMillis(10)).submit("fit", 1);

        for (int i = 0; i < 8; i++) {
            s.elapse(SECOND).heartbeat("w1");
        }
        s.heartbeat("w1", held("fit", 0, 1)).elapse(SECOND).heartbeat("w1", held("fit", 0, 1));
        assertThat(s.leases("w1")).containsExactly("fit/0#1", "fit/1#1");

        s.finish("w1", "fit", 1, 1);
        assertThat(s.state("fit", 1)).isEqualTo(TaskState.SUCCEEDED);
        assertThat(s.told(LeaseRevoked.class)).isEmpty();
    }

    @Test
    void heartbeatsFromBeforeALeaseSayNothingOfIt() {
        var s = aDeployment().submit("fit", 0).workerReady("w1");
        Instant before = s.now().minusSeconds(3);

        s.elapse(SECOND).heartbeatOf(before, "w1");
        s.elapse(SECOND.multipliedBy(2)).heartbeatOf(before.plusSeconds(1), "w1");
        assertThat(s.leases("w1")).containsExactly("fit/0#1");

        s.elapse(SECOND.multipliedBy(20)).heartbeatOf(before.plusSeconds(2), "w1");
        assertThat(s.leases("w1"))
                .as("a clock that is slow does not keep a lost lease for ever")
                .containsExactly("fit/0#1", "fit/0#2");
    }

    @Test
    void anAttemptThatIsNotTheWorkersIsRevoked() {
        var s = aDeployment().submit("fit", 0).workerReady("w1").workerReady("w2");

        s.heartbeat("w2", held("fit", 0, 1));

        assertThat(s.told(LeaseRevoked.class))
                .containsExactly(new LeaseRevoked("w2", Scenario.id("fit", 0), 1));
    }

    @Test
    void anUnknownWorkersHeartbeatIntroducesItAndWhatItHolds() {
        var s = aDeployment().submit("fit", 0).submit("fit", 1);

        s.heartbeat("w9", held("fit", 0, 1));

        assertThat(s.state("fit", 0)).isEqualTo(TaskState.RUNNING);
        s.finish("w9", "fit", 0, 1);
        assertThat(s.leases("w9")).containsExactly("fit/1#1");
    }

    @Test
    void aWorkerThatComesBackAfterItWasLostDropsItsOldAttempt() {
        var s =
                aDeployment()
                        .submit("fit", 0)
                        .workerReady("w1")
                        .start("w1", "fit", 0, 1)
                        .elapse(Duration.ofSeconds(7));

        s.heartbeat("w1", held("fit", 0, 1));

        assertThat(s.told(LeaseRevoked.class)).hasSize(1);
        assertThat(s.leases("w1")).containsExactly("fit/0#1", "fit/0#2");
    }

    @Test
    void aWorkerThatLeavesHandsBackWhatItHeld() {
        var s = aDeployment().submit("fit", 0).workerReady("w1").workerReady("w2").leave("w1");

        assertThat(s.leases("w2")).containsExactly("fit/0#2");
        assertThat(s.said(WorkerLost.class)).isEmpty();
        s.lifecycle(
                new WorkerRemoved(Scenario.ID, "forecast", "w1", RemovalCause.SCALED_IN, s.now));
        assertThat(s.said(WorkerLost.class)).isEmpty();
    }

    @Test
    void scaleInDrainsIdleWorkersFirst() {
        var s =
                aDeployment()
                        .workerReady("w1")
                        .workerReady("w2")
                        .workerReady("w3")
                        .submit("fit", 0);

        s.plan(1, 1);

        assertThat(s.told(DrainRequested.class))
                .extracting(DrainRequested::workerId)
                .containsExactly("w2", "w3");
    }

    @Test
    void anOlderPlanDrainsNobody() {
        var s = aDeployment().workerReady("w1").workerReady("w2").plan(2, 2);

        s.plan(1, 0).elapse(SECOND);

        assertThat(s.told(DrainRequested.class)).isEmpty();
    }

    @Test
    void aDrainingWorkerFinishesWhatItHasAndGetsNothingNew() {
        var s =
                aDeployment()
                        .workerReady("w1")
                        .submitMany("fit", 2)
                        .start("w1", "fit", 0, 1)
                        .plan(1, 0);

        s.heartbeat("w1", true, held("fit", 0, 1)).finish("w1", "fit", 0, 1);

        assertThat(s.state("fit", 0)).isEqualTo(TaskState.SUCCEEDED);
        assertThat(s.leases("w1")).containsExactly("fit/0#1");
    }

    @Test
    void whatADrainingWorkerHandsBackIsQueuedAtOnce() {
        var s = aDeployment().workerReady("w1").workerReady("w2").submit("fit", 0);

        s.listen().heartbeat("w1", true);

        assertThat(s.leases("w2")).containsExactly("fit/0#2");
    }

    @Test
    void threeStartFailuresInARowFailWhatIsQueued() {
        var s = aDeployment().submitMany("fit", 2).submit("sum", 0, Scenario.id("fit", 0));

        for (int i = 1; i <= 3; i++) {
            assertThat(s.results).isEmpty();
            s.lifecycle(new WorkerRequested(Scenario.ID, "forecast", "w" + i, 1, s.now))
                    .workerFailed("w" + i, FailureClass.START_FAILURE);
        }

        assertThat(s.results).hasSize(3);
        assertThat(s.results.getFirst().failures().getLast())
                .matches(
                        f ->
                                f.failureClass() == FailureClass.START_FAILURE
                                        && f.message().equals("no such image"));
    }

    @Test
    void aWorkerThatWasReadyForgivesEarlierStartFailures() {
        var s = aDeployment().submitMany("fit", 2);
        s.workerFailed("w1", FailureClass.START_FAILURE)
                .workerFailed("w2", FailureClass.START_FAILURE);

        s.workerReady("w3").workerFailed("w4", FailureClass.START_FAILURE);

        assertThat(s.results).isEmpty();
    }

    @Test
    void demandCountsWhatIsThere() {
        var s =
                aDeployment()
                        .lifecycle(
                                new WorkerRequested(
                                        Scenario.ID,
                                        "forecast",
                                        "w1",
                                        1,
                                        Scenario.aDeployment().now));
        s.elapse(SECOND)
                .workerReady("w1")
                .workerReady("w2")
                .lifecycle(new WorkerRequested(Scenario.ID, "forecast", "w3", 1, s.now));
        s.submit("fit", 0).submit("fit", 1).submit("sum", 0, Scenario.id("fit", 0));
        s.start("w1", "fit", 0, 1).finish("w2", "fit", 1, 1, 2.5);

        s.elapse(Duration.ofMillis(200));

        PoolObservation pool = s.demand.getLast().pools().getFirst();
        assertThat(pool.ready()).isZero();
        assertThat(pool.blocked()).isEqualTo(1);
        assertThat(pool.alive()).isEqualTo(3);
        assertThat(pool.runningSeconds()).hasSize(1);
        assertThat(pool.idle())
                .extracting(PoolObservation.IdleWorker::worker)
                .containsExactly("w2");
        assertThat(pool.starting())
                .extracting(PoolObservation.StartingWorker::worker)
                .containsExactly("w3");
        assertThat(pool.completedSeconds()).containsExactly(2.5);
        assertThat(pool.startedAfterSeconds()).containsExactly(1.0);
        assertThat(s.demand.getLast().tasksStarted())
                .containsExactly(Scenario.id("fit", 0), Scenario.id("fit", 1));
        assertThat(s.demand.getLast().tasksDone()).containsExactly(Scenario.id("fit", 1));
    }

    @Test
    void demandIsSentOnChangeAndAtLeastEveryFiveSeconds() {
        var s = aDeployment().submit("fit", 0).elapse(SECOND).listen();

        s.elapse(Duration.ofSeconds(20));
        assertThat(s.demand).hasSizeBetween(3, 5);

        s.listen().submit("fit", 1).elapse(Duration.ofMillis(200));
        assertThat(s.demand).hasSize(1);
    }

    @Test
    void aWorkerThatItsProviderGaveUpBeforeItWasReadyIsSentAwayWhereItReads() {
        var s = aDeployment();
        s.workerFailed("w1", FailureClass.START_FAILURE).listen();

        s.heartbeat("w1");

        assertThat(s.last.assignments())
                .singleElement()
                .matches(a -> a.partition() == 3)
                .matches(a -> a.assignment() instanceof DrainRequested);
    }
}
