package io.scalable.dispatcher.domain;

import static io.scalable.dispatcher.Samples.group;
import static io.scalable.dispatcher.domain.Scenario.aDeployment;
import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.task.TaskEvent.TaskLeased;
import io.scalable.contracts.task.TaskEvent.TaskQueued;
import io.scalable.contracts.task.TaskEvent.TaskStarted;
import io.scalable.contracts.task.TaskEvent.TaskSucceeded;
import io.scalable.contracts.task.TaskState;
import io.scalable.contracts.worker.Assignment.LeaseRevoked;
import io.scalable.contracts.worker.WorkerReport.HeldAttempt;
import io.scalable.dispatcher.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LeasingTest {

    @Test
    void aReadyWorkerGetsTheQueuedTask() {
        var s = aDeployment().submit("fit", 0).workerReady("w1");

        assertThat(s.leases("w1")).containsExactly("fit/0#1");
        assertThat(s.last.assignments().getFirst().partition()).isEqualTo(3);
        assertThat(s.lastLease().input().value().asInt()).isZero();
        assertThat(s.events).hasExactlyElementsOfTypes(TaskQueued.class, TaskLeased.class);
    }

    @Test
    void aTaskGoesThroughItsLifeAndHasOneResult() {
        var s = aDeployment().submit("fit", 0).workerReady("w1").start("w1", "fit", 0, 1);
        assertThat(s.state("fit", 0)).isEqualTo(TaskState.RUNNING);

        s.finish("w1", "fit", 0, 1);

        assertThat(s.events)
                .hasExactlyElementsOfTypes(
                        TaskQueued.class, TaskLeased.class, TaskStarted.class, TaskSucceeded.class);
        assertThat(s.results)
                .singleElement()
                .satisfies(
                        r -> {
                            assertThat(r.state()).isEqualTo(TaskState.SUCCEEDED);
                            assertThat(r.result().value().asText()).isEqualTo("result of fit 0");
                            assertThat(r.workerId()).isEqualTo("w1");
                            assertThat(r.attempts()).isEqualTo(1);
                            assertThat(r.queuedAt()).isNotNull();
                            assertThat(r.startedAt()).isNotNull();
                        });
    }

    @Test
    void aWorkerGetsNoMoreThanItsSlotsWhileDurationsAreUnknown() {
        var s = aDeployment().workerReady("w1", 2, null).submitMany("fit", 5);

        assertThat(s.leases("w1")).containsExactly("fit/0#1", "fit/1#1");
        s.finish("w1", "fit", 0, 1);
        assertThat(s.leases("w1")).endsWith("fit/2#1");
    }

    @Test
    void largerPriorityGoesFirstThenSubmitOrder() {
        var s = aDeployment();
        s.submit("a", 0, 0, 0, null).submit("b", 0, 5, 0, null).submit("c", 0, 5, 0, null);

        s.workerReady("w1", 2, null);

        assertThat(s.leases("w1")).containsExactly("b/0#1", "c/0#1");
    }

    @Test
    void tasksAreSpreadOverWorkersRatherThanPiledOnOne() {
        var s =
                aDeployment()
                        .workerReady("w1", 4, null)
                        .workerReady("w2", 4, null)
                        .workerReady("w3", 4, null);

        s.submitMany("fit", 6);

        assertThat(s.leases("w1")).hasSize(2);
        assertThat(s.leases("w2")).hasSize(2);
        assertThat(s.leases("w3")).hasSize(2);
    }

    @Test
    void aTaskIsNotGivenToAWorkerOfAnotherPool() {
        var s = aDeployment().workerReady("w1");
        var t = Samples.task(Scenario.ID, "plot", 0);

        s.ask(
                new SubmitTask(
                        Scenario.ID,
                        t.taskId(),
                        "plot",
                        "post",
                        0,
                        t.work(),
                        t.input(),
                        t.needs(),
                        0,
                        0,
                        null,
                        null));

        assertThat(s.leases("w1")).isEmpty();
        assertThat(s.state("plot", 0)).isEqualTo(TaskState.QUEUED);
    }

    @Test
    void aTaskThatWouldOutliveTheWorkerWaitsAndAShorterOneGoesAhead() {
        var s = aDeployment();
        s.submit("long", 0, 0, 0, 600.0).submit("short", 0, 0, 0, 10.0);

        s.workerReady("w1", 2, s.now.plusSeconds(60));
        assertThat(s.leases("w1")).containsExactly("short/0#1");

        s.workerReady("w2", 1, s.now.plusSeconds(3600));
        assertThat(s.leases("w2")).containsExactly("long/0#1");
    }

    @Test
    void shortTasksAreLeasedAheadOnceTheirDurationIsKnown() {
        var s = aDeployment().workerReady("w1").submitMany("noop", 200);
        assertThat(s.leases("w1")).hasSize(1);
        s.now = s.now.plusMillis(10);

        s.finish("w1", "noop", 0, 1, 0.001);

        assertThat(s.leases("w1"))
                .as("the first, one in the slot, and 20 ms of work: two round trips")
                .hasSize(1 + 1 + 20);
    }

    @Test
    void whatWaitsAtAWorkerFollowsTheRoundTripAsMeasured() {
        var s = aDeployment().workerReady("w1").submitMany("noop", 500);
        for (int i = 0; i < 40; i++) {
            s.now = s.now.plusMillis(50);
            s.finish("w1", "noop", i, 1, 0.2);
        }
        assertThat(s.leases("w1")).as("too long to wait at a worker").hasSize(41);
        for (int i = 40; i < 60; i++) {
            s.now = s.now.plusMillis(50);
            s.finish("w1", "noop", i, 1, 0.001);
        }

        int held = s.leases("w1").size() - 60;

        assertThat(held).as("100 ms of work at less than 30 ms each").isBetween(1 + 3, 1 + 12);
    }

    @Test
    void prefetchIsBounded() {
        var s = aDeployment().workerReady("w1").submitMany("noop", 2_000);

        s.finish("w1", "noop", 0, 1, 0.000001);

        assertThat(s.leases("w1")).hasSizeBetween(100, 1 + 1 + Rules.standard().prefetchLimit());
    }

    @Test
    void nothingWaitsBehindAnAttemptThatIsLongOrOfUnknownDuration() {
        var s = aDeployment().workerReady("w1").submit("noop", 0);
        s.finish("w1", "noop", 0, 1, 0.001).submit("long", 0).start("w1", "long", 0, 1);

        for (int i = 1; i < 20; i++) {
            s.submit("noop", i);
        }
        assertThat(s.leases("w1")).containsExactly("noop/0#1", "long/0#1");

        s.workerReady("w2");
        assertThat(s.leases("w2")).as("a free slot, and more behind").hasSizeGreaterThan(5);
    }

    @Test
    void whatWaitsBehindAnAttemptThatTurnsOutLongIsTakenBackForAnIdleWorker() {
        var s = aDeployment().workerReady("w1").submit("fit", 0);
        s.finish("w1", "fit", 0, 1, 0.001);
        for (int i = 1; i < 6; i++) {
            s.submit("fit", i);
        }
        s.start("w1", "fit", 1, 1);
        assertThat(s.leases("w1")).hasSize(6);

        beatWhile(s, Duration.ofSeconds(2), "w1", 1, 2, 3, 4, 5);
        assertThat(s.told(LeaseRevoked.class)).as("nobody else is idle").isEmpty();

        s.workerReady("w2").elapse(Duration.ofMillis(300));

        assertThat(s.leases("w2")).containsExactly("fit/2#2", "fit/3#2", "fit/4#2", "fit/5#2");
        assertThat(s.told(LeaseRevoked.class)).hasSize(4);
        assertThat(s.state("fit", 1)).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void aLeaseThatBeganWhileItWasTakenBackHasOneAcceptedResult() {
        var s = aDeployment().workerReady("w1").submit("fit", 0);
        s.finish("w1", "fit", 0, 1, 0.001).submit("fit", 1).submit("fit", 2);
        s.start("w1", "fit", 1, 1).elapse(Duration.ofSeconds(1));
        s.workerReady("w2").elapse(Duration.ofMillis(200)).listen();

        s.start("w1", "fit", 2, 1).finish("w1", "fit", 2, 1);
        assertThat(s.results).as("its attempt had been taken back").isEmpty();
        s.finish("w2", "fit", 2, 2);

        assertThat(s.results).singleElement().matches(r -> "w2".equals(r.workerId()));
    }

    @Test
    void nothingIsTakenBackWhileReportsAreUnread() {
        var s = aDeployment().workerReady("w1").submit("fit", 0);
        s.finish("w1", "fit", 0, 1, 0.001).submit("fit", 1).submit("fit", 2);
        s.start("w1", "fit", 1, 1).elapse(Duration.ofSeconds(1));
        s.workerReady("w2").listen();

        s.now = s.now.plusSeconds(5);
        s.tell(new Command.Tick(s.now.minusSeconds(5)));
        assertThat(s.told(LeaseRevoked.class)).isEmpty();

        s.tick();
        assertThat(s.told(LeaseRevoked.class)).hasSize(1);
    }

    /** Ticks and heartbeats that list the tasks; the first runs. */
    private static void beatWhile(Scenario s, Duration time, String worker, int... fits) {
        HeldAttempt[] held =
                Arrays.stream(fits)
                        .mapToObj(i -> new HeldAttempt(Scenario.id("fit", i), 1, i == fits[0]))
                        .toArray(HeldAttempt[]::new);
        for (Instant end = s.now.plus(time); s.now.isBefore(end); ) {
            s.elapse(Duration.ofMillis(500)).heartbeat(worker, held);
        }
    }

    @Test
    void tasksOfASecondAreNotLeasedAhead() {
        var s = aDeployment().workerReady("w1").submitMany("fit", 5);

        s.finish("w1", "fit", 0, 1, 1.0);

        assertThat(s.leases("w1")).containsExactly("fit/0#1", "fit/1#1");
    }

    @Test
    void submittingAgainChangesNothingAndAFinishedTaskAnswersWithItsResult() {
        var s = aDeployment().submit("fit", 0).workerReady("w1").listen();

        s.submit("fit", 0);
        assertThat(s.last.rows()).isEmpty();
        s.finish("w1", "fit", 0, 1).listen().submit("fit", 0);

        assertThat(s.last.rows()).isEmpty();
        assertThat(s.events).isEmpty();
        assertThat(s.results)
                .singleElement()
                .matches(r -> r.result().value().asText().equals("result of fit 0"));
    }

    @Test
    void tasksWaitForTheirDeploymentToBePublished() {
        var s = Scenario.undeclared().submit("fit", 1).submit("fit", 0).workerReady("w1");
        assertThat(s.assignments).isEmpty();

        s.declare();

        assertThat(s.leases("w1")).containsExactly("fit/1#1");
        assertThat(s.state("fit", 0)).isEqualTo(TaskState.QUEUED);
    }

    @Test
    void aTagNobodyAnswersToFailsTheTask() {
        var t = Samples.task(Scenario.ID, "plot", 0);
        var s = aDeployment();

        s.ask(
                new SubmitTask(
                        Scenario.ID,
                        t.taskId(),
                        "plot",
                        "gpu",
                        0,
                        t.work(),
                        t.input(),
                        t.needs(),
                        0,
                        3,
                        null,
                        null));

        assertThat(s.results)
                .singleElement()
                .satisfies(
                        r -> {
                            assertThat(r.state()).isEqualTo(TaskState.FAILED);
                            assertThat(r.failures().getLast().message()).contains("gpu");
                        });
    }

    @Test
    void whereVeryManyResultsComeTogetherTheLargerOnesAreStoredByTheirWorkers() {
        var s = aDeployment(group("fit", 10_000), group("sum", 1, "fit")).workerReady("w1");

        s.submit("fit", 0);
        assertThat(s.lastLease().inlineBytes()).isEqualTo(4 * 1024);
        s.finish("w1", "fit", 0, 1).submit("other", 0);
        assertThat(s.lastLease().inlineBytes()).isNull();
    }
}
