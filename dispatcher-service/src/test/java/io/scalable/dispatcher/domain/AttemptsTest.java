package io.scalable.dispatcher.domain;

import static io.scalable.dispatcher.domain.Scenario.aDeployment;
import static io.scalable.dispatcher.domain.Scenario.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.task.TaskCommand.CancelAll;
import io.scalable.contracts.task.TaskCommand.CancelTask;
import io.scalable.contracts.task.TaskEvent.TaskCancelled;
import io.scalable.contracts.task.TaskEvent.TaskRetried;
import io.scalable.contracts.task.TaskEvent.TaskSucceeded;
import io.scalable.contracts.task.TaskState;
import io.scalable.contracts.worker.Assignment.LeaseRevoked;
import org.junit.jupiter.api.Test;

/** Failures, retries, cancels, and reports that come late or twice. */
class AttemptsTest {

    @Test
    void aFailureOfTheUsersOwnIsRetriedAsOftenAsTold() {
        var s = aDeployment();
        s.submit("fit", 0, 0, 1, null).workerReady("w1");

        s.fail("w1", "fit", 0, 1, FailureClass.USER_ERROR);
        assertThat(s.leases("w1")).containsExactly("fit/0#1", "fit/0#2");
        assertThat(s.said(TaskRetried.class)).singleElement().matches(TaskRetried::spent);

        s.fail("w1", "fit", 0, 2, FailureClass.TIMEOUT);
        assertThat(s.results)
                .singleElement()
                .satisfies(
                        r -> {
                            assertThat(r.state()).isEqualTo(TaskState.FAILED);
                            assertThat(r.failures()).hasSize(2);
                            assertThat(r.attempts()).isEqualTo(2);
                        });
    }

    @Test
    void preemptionsCostTheUserNoRetry() {
        var s = aDeployment().submit("fit", 0).workerReady("w1");

        for (int attempt = 1; attempt <= 10; attempt++) {
            s.fail("w1", "fit", 0, attempt, FailureClass.PREEMPTED);
        }

        assertThat(s.state("fit", 0)).isEqualTo(TaskState.LEASED);
        assertThat(s.said(TaskRetried.class)).hasSize(10).noneMatch(TaskRetried::spent);
    }

    @Test
    void aDuplicateReportMovesNothingAndRepeatsTheSameAnswer() {
        var s = aDeployment().submit("fit", 0).workerReady("w1").finish("w1", "fit", 0, 1);
        var result = s.results.getLast();
        s.listen();

        s.finish("w1", "fit", 0, 1);

        assertThat(s.last.rows()).isEmpty();
        assertThat(s.results).containsExactly(result);
    }

    @Test
    void nobodyIsToldHowATaskEndedBeforeItsResultIsWritten() {
        var s = aDeployment().whoseResultsWait().submit("fit", 0).submit("sum", 0, id("fit", 0));
        s.workerReady("w1").finish("w1", "fit", 0, 1);
        assertThat(s.said(TaskSucceeded.class)).isEmpty();
        assertThat(s.state("sum", 0)).isEqualTo(TaskState.BLOCKED);

        s.restart().heartbeat("w1");
        assertThat(s.results).hasSize(2);
        assertThat(s.said(TaskSucceeded.class)).isEmpty();
        assertThat(s.state("sum", 0)).isEqualTo(TaskState.BLOCKED);

        s.resultsWritten();
        assertThat(s.said(TaskSucceeded.class)).hasSize(1);
        assertThat(s.leases("w1")).containsExactly("fit/0#1", "sum/0#1");
        s.resultsWritten();
        assertThat(s.said(TaskSucceeded.class)).hasSize(1);
    }

    @Test
    void theEndOfADeploymentTellsHowTasksEndedWhoseResultsNobodyWrites() {
        var s = aDeployment().whoseResultsWait().submit("fit", 0).workerReady("w1");
        s.finish("w1", "fit", 0, 1);

        s.tell(new Command.Ended());

        assertThat(s.said(TaskSucceeded.class)).hasSize(1);
    }

    @Test
    void aDuplicateFailureRepeatsTheSameAnswer() {
        var s = aDeployment().submit("fit", 0).workerReady("w1");
        s.fail("w1", "fit", 0, 1, FailureClass.USER_ERROR);
        var result = s.results.getLast();

        s.listen().fail("w1", "fit", 0, 1, FailureClass.USER_ERROR);

        assertThat(s.last.rows()).isEmpty();
        assertThat(s.results).containsExactly(result);
    }

    @Test
    void aLateReportOfAnOldAttemptChangesNothing() {
        var s = aDeployment();
        s.submit("fit", 0, 0, 3, null).workerReady("w1");
        s.fail("w1", "fit", 0, 1, FailureClass.USER_ERROR).listen();

        s.finish("w1", "fit", 0, 1).start("w1", "fit", 0, 1);

        assertThat(s.last.rows()).isEmpty();
        assertThat(s.events).isEmpty();
        assertThat(s.results).isEmpty();
        assertThat(s.state("fit", 0)).isEqualTo(TaskState.LEASED);
    }

    @Test
    void aReportOfAnAttemptThatAnotherWorkerHoldsChangesNothing() {
        var s = aDeployment().submit("fit", 0).workerReady("w1").workerReady("w2").listen();

        s.finish("w2", "fit", 0, 1);

        assertThat(s.last.rows()).isEmpty();
        assertThat(s.results).isEmpty();
    }

    @Test
    void aCancelThatOvertakesItsTaskIsNotLost() {
        var s = aDeployment().workerReady("w1").ask(cancel(0)).restart().submit("fit", 0);

        assertThat(s.state("fit", 0)).isEqualTo(TaskState.CANCELLED);
        assertThat(s.leases("w1")).isEmpty();
        assertThat(s.said(TaskCancelled.class)).hasSize(1);
    }

    @Test
    void aQueuedTaskIsCancelled() {
        var s = aDeployment().submit("fit", 0).ask(cancel(0));

        assertThat(s.state("fit", 0)).isEqualTo(TaskState.CANCELLED);
        assertThat(s.results).singleElement().matches(r -> "not wanted".equals(r.reason()));
        s.workerReady("w1");
        assertThat(s.leases("w1")).isEmpty();
    }

    @Test
    void aRunningTaskIsRevokedAndItsLateResultIgnored() {
        var s = aDeployment().submit("fit", 0).workerReady("w1").start("w1", "fit", 0, 1);

        s.ask(cancel(0));
        assertThat(s.told(LeaseRevoked.class))
                .containsExactly(new LeaseRevoked("w1", Scenario.id("fit", 0), 1));
        s.finish("w1", "fit", 0, 1);

        assertThat(s.results).singleElement().matches(r -> r.state() == TaskState.CANCELLED);
    }

    @Test
    void cancellingABlockedTaskSkipsWhatNeedsIt() {
        var s =
                aDeployment()
                        .submit("fit", 0)
                        .submit("sum", 0, Scenario.id("fit", 0))
                        .submit("plot", 0, Scenario.id("sum", 0));

        s.ask(new CancelTask(Scenario.ID, Scenario.id("sum", 0), "not wanted"));

        assertThat(s.state("sum", 0)).isEqualTo(TaskState.CANCELLED);
        assertThat(s.state("plot", 0)).isEqualTo(TaskState.SKIPPED);
        assertThat(s.state("fit", 0)).isEqualTo(TaskState.QUEUED);
    }

    @Test
    void cancellingAnEndedTaskChangesNothing() {
        var s = aDeployment().submit("fit", 0).workerReady("w1").finish("w1", "fit", 0, 1);

        s.listen().ask(cancel(0));

        assertThat(s.last.rows()).isEmpty();
        assertThat(s.results).isEmpty();
    }

    @Test
    void cancelAllMayLeaveWhatRuns() {
        var s = aDeployment().workerReady("w1").submitMany("fit", 3).start("w1", "fit", 0, 1);
        s.submit("sum", 0, Scenario.id("fit", 0));

        s.ask(new CancelAll(Scenario.ID, false, "enough"));

        assertThat(s.state("fit", 0)).isEqualTo(TaskState.RUNNING);
        assertThat(s.said(TaskCancelled.class)).hasSize(3);
        s.finish("w1", "fit", 0, 1);
        assertThat(s.results).hasSize(4);
    }

    @Test
    void cancelAllLeavesWhatHasJustBegunAndWasNotToldYet() {
        var s = aDeployment().workerReady("w1").submitMany("fit", 2);

        s.ask(new CancelAll(Scenario.ID, false, "enough"));

        assertThat(s.state("fit", 0)).isEqualTo(TaskState.LEASED);
        assertThat(s.state("fit", 1)).isEqualTo(TaskState.CANCELLED);
        s.start("w1", "fit", 0, 1).finish("w1", "fit", 0, 1);
        assertThat(s.state("fit", 0)).isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    void cancelAllStopsEverything() {
        var s = aDeployment().workerReady("w1").submitMany("fit", 3).start("w1", "fit", 0, 1);
        s.submit("sum", 0, Scenario.id("fit", 0));

        s.ask(new CancelAll(Scenario.ID, true, "enough"));

        assertThat(s.results).hasSize(4).allMatch(r -> r.state() == TaskState.CANCELLED);
        assertThat(s.told(LeaseRevoked.class)).hasSize(1);
    }

    private static CancelTask cancel(int index) {
        return new CancelTask(Scenario.ID, Scenario.id("fit", index), "not wanted");
    }
}
