package io.scalable.dispatcher.domain;

import static io.scalable.dispatcher.domain.Scenario.aDeployment;
import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.task.TaskEvent.TaskDeadLettered;
import io.scalable.contracts.task.TaskEvent.TaskRetried;
import io.scalable.contracts.task.TaskEvent.WorkerLost;
import io.scalable.contracts.task.TaskState;
import io.scalable.contracts.worker.WorkerReport.AttemptFinished;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The infrastructure's faults cost the user nothing, whatever report comes first. */
class InfrastructureTest {

    @Test
    void aSignalsDeathBeforeItsWorkerIsLostIsThePlatformsDoing() {
        var s = aDeployment().submit("fit", 0).workerReady("w1").start("w1", "fit", 0, 1);

        signal(s, "w1", 1, 15);
        assertThat(s.results).as("not judged yet").isEmpty();
        s.elapse(Duration.ofMillis(500)).workerFailed("w1", FailureClass.PREEMPTED);

        assertThat(s.state("fit", 0)).isEqualTo(TaskState.QUEUED);
        assertThat(s.said(TaskRetried.class))
                .singleElement()
                .matches(e -> !e.spent() && e.failure().failureClass() == FailureClass.PREEMPTED);
    }

    @Test
    void aSignalsDeathBeforeItsWorkerFallsSilentIsThePlatformsDoing() {
        var s = aDeployment().submit("fit", 0).workerReady("w1").start("w1", "fit", 0, 1);

        signal(s, "w1", 1, 9);
        s.elapse(Duration.ofSeconds(7));

        assertThat(s.said(WorkerLost.class)).hasSize(1);
        assertThat(s.state("fit", 0)).isEqualTo(TaskState.QUEUED);
        assertThat(s.entry("fit", 0).account().retriesSpent()).isZero();
    }

    @Test
    void aSignalsDeathBeforeItsWorkerLeavesUnaskedIsThePlatformsDoing() {
        var s = aDeployment().submit("fit", 0).workerReady("w1").start("w1", "fit", 0, 1);

        signal(s, "w1", 1, 15);
        s.leave("w1");

        assertThat(s.state("fit", 0)).isEqualTo(TaskState.QUEUED);
    }

    @Test
    void aSignalsDeathOnAWorkerThatLivesOnIsTheTasksOwn() {
        var s = aDeployment().submit("fit", 0).workerReady("w1").start("w1", "fit", 0, 1);

        signal(s, "w1", 1, 15);
        s.elapse(Duration.ofSeconds(1)).heartbeat("w1");
        assertThat(s.results).isEmpty();
        s.restart().elapse(Duration.ofSeconds(1)).heartbeat("w1");

        assertThat(s.results)
                .singleElement()
                .matches(r -> r.state() == TaskState.FAILED && r.failures().size() == 1);
    }

    @Test
    void aProgramsOwnCrashIsJudgedAtOnce() {
        var s = aDeployment().submit("fit", 0).workerReady("w1").start("w1", "fit", 0, 1);

        signal(s, "w1", 1, 11);

        assertThat(s.state("fit", 0)).isEqualTo(TaskState.FAILED);
    }

    @Test
    void preemptionWithoutProgressEndsAndSaysSo() {
        var s = aDeployment().submit("fit", 0).workerReady("w1");

        for (int attempt = 1; attempt <= 11; attempt++) {
            s.fail("w1", "fit", 0, attempt, FailureClass.PREEMPTED);
        }

        assertThat(s.state("fit", 0)).isEqualTo(TaskState.DEAD_LETTERED);
        assertThat(s.said(TaskDeadLettered.class))
                .singleElement()
                .satisfies(e -> assertThat(e.failure().message()).contains("10 attempts in a row"));
        assertThat(s.results.getLast().failures()).hasSize(FailureList.MOST);
    }

    @Test
    void attemptsThatLastLongerEachTimeGoOn() {
        var s = aDeployment().submit("fit", 0).workerReady("w1");

        for (int attempt = 1; attempt <= 30; attempt++) {
            cutShort(s, attempt, attempt * 10, FailureClass.WALLTIME);
        }

        assertThat(s.state("fit", 0)).isEqualTo(TaskState.LEASED);
    }

    @Test
    void aLeaseThatNoWorkerTakesIsGivenUpAndSaysWhy() {
        var s = aDeployment().submit("fit", 0).workerReady("w1");

        for (int i = 0; i < 200 && s.state("fit", 0) != TaskState.DEAD_LETTERED; i++) {
            s.elapse(Duration.ofSeconds(1)).heartbeat("w1");
        }

        assertThat(s.leases("w1")).hasSize(Rules.standard().untakenLimit());
        assertThat(s.said(TaskRetried.class))
                .hasSize(4)
                .allMatch(e -> e.failure().type().equals("lease not taken") && !e.spent());
        assertThat(s.results).singleElement().matches(r -> r.state() == TaskState.DEAD_LETTERED);
    }

    @Test
    void everyLossOfAWorkerIsAnEventOfItsOwn() {
        var s = aDeployment().submit("fit", 0).workerReady("w1").elapse(Duration.ofSeconds(7));
        s.heartbeat("w1").elapse(Duration.ofSeconds(7));

        assertThat(s.said(WorkerLost.class))
                .hasSize(2)
                .extracting(e -> e.eventId())
                .doesNotHaveDuplicates();
    }

    @Test
    void thousandsOfFailuresLeaveTheFirstAndTheLastFew() {
        var s = aDeployment();
        s.submit("fit", 0, 0, 5_000, null).workerReady("w1");

        for (int attempt = 1; attempt <= 3_000; attempt++) {
            String text = "x".repeat(20_000) + attempt;
            var failure = new Failure(FailureClass.USER_ERROR, "exit 3", "try " + attempt, text);
            finish(s, "w1", attempt, failure, 0.1);
        }

        var failures = s.entry("fit", 0).failures();
        assertThat(failures)
                .extracting(Failure::message)
                .startsWith("try 1", "try 2", "try 2993")
                .endsWith("try 3000")
                .hasSize(FailureList.MOST);
        assertThat(failures).allMatch(f -> f.stack().length() < 17_000);
        assertThat(failures.getLast().stack()).endsWith("x3000");
    }

    private static void signal(Scenario s, String worker, int attempt, int number) {
        var failure =
                new Failure(
                        FailureClass.USER_ERROR,
                        "signal " + number,
                        "sh was ended by signal " + number,
                        null);
        finish(s, worker, attempt, failure, 1);
    }

    private static void cutShort(Scenario s, int attempt, double seconds, FailureClass why) {
        finish(s, "w1", attempt, new Failure(why, "cut", "the job ended", null), seconds);
    }

    private static void finish(
            Scenario s, String worker, int attempt, Failure failure, double seconds) {
        s.report(
                new AttemptFinished(
                        Scenario.ID,
                        worker,
                        Scenario.id("fit", 0),
                        attempt,
                        null,
                        failure,
                        seconds,
                        s.now));
    }
}
