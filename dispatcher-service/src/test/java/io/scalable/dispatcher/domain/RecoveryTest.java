package io.scalable.dispatcher.domain;

import static io.scalable.dispatcher.Samples.group;
import static io.scalable.dispatcher.domain.Scenario.aDeployment;
import static io.scalable.dispatcher.domain.Scenario.held;
import static io.scalable.dispatcher.domain.Scenario.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.task.TaskCommand.CancelTask;
import io.scalable.contracts.task.TaskCommand.ResultsWanted;
import io.scalable.contracts.task.TaskEvent.TaskCancelled;
import io.scalable.contracts.task.TaskState;
import io.scalable.contracts.worker.Assignment.DrainRequested;
import io.scalable.contracts.worker.Assignment.LeaseGranted;
import io.scalable.contracts.worker.Assignment.LeaseRevoked;
import io.scalable.dispatcher.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Restarts of the dispatcher, and ends of deployments. */
class RecoveryTest {

    @Test
    void aRestartedDispatcherGoesOnWhereTheOldOneStopped() {
        var s =
                aDeployment(group("fit", 3), group("sum", 1, "fit"))
                        .workerReady("w1")
                        .submitMany("fit", 3);
        s.submit("sum", 0, Scenario.ID + "/fit/*")
                .finish("w1", "fit", 0, 1)
                .start("w1", "fit", 1, 1);

        s.restart().listen();
        s.heartbeat("w1", held("fit", 1, 1)).finish("w1", "fit", 1, 1).finish("w1", "fit", 2, 1);

        assertThat(s.leases("w1")).containsExactly("fit/2#1", "sum/0#1");
        assertThat(s.lastLease().parents().getFirst().results()).hasSize(3);
    }

    @Test
    void aRestartGivesEveryWorkerItsFullTime() {
        var s = aDeployment().submit("fit", 0).workerReady("w1").elapse(Duration.ofSeconds(5));

        s.restart().elapse(Duration.ofSeconds(5));
        assertThat(s.state("fit", 0)).isEqualTo(TaskState.LEASED);
        s.elapse(Duration.ofSeconds(2));

        assertThat(s.state("fit", 0)).isEqualTo(TaskState.QUEUED);
    }

    @Test
    void aLeaseThatWasNeverWrittenDownIsTakenOverFromTheWorkersReport() {
        var s = aDeployment().submit("fit", 0).workerReady("w1").listen();
        s.kept.put("t/" + id("fit", 0), queued(s));
        s.kept.remove("w/w1");

        s.restart().finish("w1", "fit", 0, 1);

        assertThat(s.results).singleElement().matches(r -> r.state() == TaskState.SUCCEEDED);
    }

    @Test
    void nothingIsLeasedBeforeTheInputsAreReadAgainAndWorkersHaveSaidWhatTheyHold() {
        var s = aDeployment().workerReady("w1").workerReady("w2");
        s.restartBehind().listen();

        s.submit("fit", 0).heartbeat("w1").heartbeat("w2").elapse(Duration.ofSeconds(20));
        assertThat(s.assignments).as("inputs are being read").isEmpty();

        s.tell(new Command.CaughtUp()).heartbeat("w1");
        assertThat(s.assignments).as("w2 has not said what it holds").isEmpty();

        s.heartbeat("w2");
        assertThat(s.told(LeaseGranted.class)).hasSize(1);
    }

    @Test
    void aWorkerThatIsSilentAfterARestartHoldsUpTheOthersForAPeriodOfHeartbeatsOnly() {
        var s = aDeployment().workerReady("w1").workerReady("w2");
        s.restart().submit("fit", 0).listen().heartbeat("w1");
        assertThat(s.assignments).isEmpty();

        s.elapse(Duration.ofMillis(1_500));

        assertThat(s.told(LeaseGranted.class)).hasSize(1);
    }

    @Test
    void aResultThatWasAcceptedByADispatcherThatDiedIsTheOneThatChildrenGet() {
        var s = aDeployment(group("fit", 1), group("sum", 1, "fit")).workerReady("w1");
        s.submit("fit", 0).submit("sum", 0, Scenario.ID + "/fit/*").listen();
        // The dispatcher lost w1 and leased again to w2, which ended the task; of all that no row
        // was written.
        s.restartBehind();
        s.workerReady("w2").start("w2", "fit", 0, 2);
        s.finish("w2", "fit", 0, 2);
        s.finish("w1", "fit", 0, 1);
        s.tell(new Command.CaughtUp()).heartbeat("w1").heartbeat("w2");

        assertThat(s.results)
                .filteredOn(r -> r.task().equals("fit"))
                .singleElement()
                .matches(r -> r.attempts() == 2 && r.workerId().equals("w2"));
        assertThat(s.told(LeaseGranted.class))
                .singleElement()
                .matches(lease -> lease.task().equals("sum"));
    }

    @Test
    void aReportThatIsReadBeforeItsTaskWasSubmittedCountsWhenTheInputsAreRead() {
        var s = aDeployment().workerReady("w1");
        s.restartBehind().listen();

        s.finish("w1", "fit", 0, 1).submit("fit", 0);
        assertThat(s.results).isEmpty();
        s.tell(new Command.CaughtUp());

        assertThat(s.results).singleElement().matches(r -> r.state() == TaskState.SUCCEEDED);
        assertThat(s.told(LeaseGranted.class)).isEmpty();
    }

    @Test
    void aLaterAttemptThanTheRowsKnowOfIsNobodysRightInNormalTimes() {
        var s = aDeployment().submit("fit", 0).workerReady("w1").workerReady("w2").listen();

        s.finish("w2", "fit", 0, 2);

        assertThat(s.results).isEmpty();
        assertThat(s.state("fit", 0)).isEqualTo(TaskState.LEASED);
    }

    @Test
    void resultsThatTheirTopicMayNotHaveAreSaidAgainAfterARestart() {
        var s = aDeployment().whoseResultsWait().workerReady("w1").submitMany("fit", 2);
        s.finish("w1", "fit", 0, 1).resultsWritten();
        s.finish("w1", "fit", 1, 1).listen();

        s.restart();

        assertThat(s.results)
                .singleElement()
                .matches(r -> r.index() == 1)
                .matches(r -> r.result().value().asText().equals("result of fit 1"));
        s.resultsWritten().listen().restart();
        assertThat(s.results).isEmpty();
    }

    @Test
    void theResultOfATaskOfAnUnknownDeploymentWaitsForItsPublication() {
        var s = Scenario.undeclared().submit("fit", 0);
        s.ask(new CancelTask(Scenario.ID, id("fit", 0), "changed my mind"));
        assertThat(s.results).isEmpty();

        s.restart();
        assertThat(s.results).isEmpty();
        s.declare();

        assertThat(s.results).singleElement().matches(r -> r.state() == TaskState.CANCELLED);
    }

    @Test
    void whoMissesResultsIsToldThemAgain() {
        var s = Scenario.keeping(1).declare().workerReady("w1").submitMany("fit", 3);
        s.finish("w1", "fit", 0, 1).finish("w1", "fit", 1, 1).resultsWritten().listen();

        s.ask(new ResultsWanted(Scenario.ID, List.of(id("fit", 1), id("fit", 2), "who/is/0")));
        assertThat(s.results)
                .singleElement()
                .matches(r -> r.result().value().asText().equals("result of fit 1"));

        s.listen().ask(new ResultsWanted(Scenario.ID, List.of()));
        assertThat(s.results).hasSize(2);
        assertThat(s.results.getFirst().result()).isNull();
        assertThat(s.results.getFirst().state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(s.results.getFirst().reason()).contains("does not keep its result");
    }

    @Test
    void theEndOfADeploymentStopsEverythingAndLeavesOneRow() {
        var s = aDeployment().workerReady("w1").submitMany("fit", 2).start("w1", "fit", 0, 1);

        s.listen().tell(new Command.Ended());

        assertThat(s.told(LeaseRevoked.class)).hasSize(1);
        assertThat(s.told(DrainRequested.class)).hasSize(1);
        assertThat(s.said(TaskCancelled.class))
                .hasSize(2)
                .allMatch(c -> c.reason().equals("deployment ended"));
        assertThat(s.results).isEmpty();
        assertThat(s.kept.keySet()).containsExactly("d");
    }

    @Test
    void afterTheEndNothingIsSaidAndADayLaterNothingIsKnown() {
        var s = aDeployment().workerReady("w1").submit("fit", 0).tell(new Command.Ended()).listen();

        s.heartbeat("w1", held("fit", 0, 1)).submit("fit", 1).finish("w1", "fit", 0, 1);
        assertThat(s.assignments).isEmpty();
        assertThat(s.results).isEmpty();
        assertThat(s.kept.keySet()).containsExactly("d");

        s.now = s.now.plus(Duration.ofHours(25));
        s.tick();
        assertThat(s.kept).isEmpty();
        assertThat(s.machine().empty()).isTrue();
    }

    @Test
    void anEndedDeploymentMayBePublishedAgain() {
        var s = aDeployment().submit("fit", 0).tell(new Command.Ended());

        s.declare().submit("fit", 0).workerReady("w2");

        assertThat(s.leases("w2")).containsExactly("fit/0#1");
    }

    @Test
    void whatTheDispatcherBeforeHasWrittenIsTheResultInWhateverOrderInputsAreReadAgain() {
        var s = aDeployment().submit("fit", 0).submit("sum", 0, id("fit", 0)).workerReady("w1");
        var rows = Map.copyOf(s.kept);
        s.finish("w1", "fit", 0, 1);
        var written = s.results.getLast();
        forgetAllBut(rows, s);

        s.restartBehind().listen().tell(new Command.ResultAccepted(written));
        s.ask(new CancelTask(Scenario.ID, id("fit", 0), "too late"));
        s.finish("w1", "fit", 0, 1).tell(new Command.CaughtUp()).heartbeat("w1");

        assertThat(s.results)
                .isNotEmpty()
                .allMatch(r -> r.state() == TaskState.SUCCEEDED)
                .allMatch(r -> r.result().equals(written.result()));
        assertThat(s.told(LeaseGranted.class))
                .singleElement()
                .matches(lease -> lease.parents().getFirst().results().contains(written.result()));
    }

    @Test
    void aChildWhoseParentHasFailedIsSkippedThoughOnlyTheParentsRowWasKept() {
        var s = aDeployment().submit("fit", 0).submit("sum", 0, id("fit", 0)).workerReady("w1");
        var rows = Map.copyOf(s.kept);
        s.fail("w1", "fit", 0, 1, FailureClass.USER_ERROR);
        rows.forEach(
                (key, row) -> {
                    if (key.endsWith(id("sum", 0))) {
                        s.kept.put(key, row);
                    }
                });

        s.restart();

        assertThat(s.state("sum", 0)).isEqualTo(TaskState.SKIPPED);
    }

    @Test
    void aWrittenResultWaitsForItsTaskToBeReadAgain() {
        var s = aDeployment().workerReady("w1");
        var rows = Map.copyOf(s.kept);
        s.submit("fit", 0).finish("w1", "fit", 0, 1);
        var written = s.results.getLast();
        forgetAllBut(rows, s);

        s.restartBehind().listen().tell(new Command.ResultAccepted(written));
        s.submit("fit", 0).tell(new Command.CaughtUp()).heartbeat("w1");

        assertThat(s.results).allMatch(r -> r.state() == TaskState.SUCCEEDED).isNotEmpty();
        assertThat(s.told(LeaseGranted.class)).isEmpty();
    }

    @Test
    void thatADeploymentHasEndedIsItsLastRowToBeWritten() {
        var s = aDeployment().submitMany("fit", 2).workerReady("w1").tell(new Command.Ended());

        assertThat(s.last.rows().keySet()).hasSizeGreaterThan(4).endsWith("d");
    }

    @Test
    void aSpecThatOutlivedItsTaskIsDropped() {
        var s = aDeployment().submit("fit", 0).workerReady("w1");
        Row spec = s.kept.get("s/" + id("fit", 0));
        s.finish("w1", "fit", 0, 1);
        s.kept.put(spec.key(), spec);

        s.restart();

        assertThat(s.kept).doesNotContainKey(spec.key());
    }

    /** The dispatcher dies before it has written any later rows. */
    private static void forgetAllBut(Map<String, Row> rows, Scenario s) {
        s.kept.clear();
        s.kept.putAll(rows);
    }

    private static TaskEntry queued(Scenario s) {
        return TaskEntry.parked(Samples.task(Scenario.ID, "fit", 0), 0)
                .placedIn("forecast")
                .blocked()
                .queued(s.now);
    }
}
