package io.scalable.dispatcher.domain;

import static io.scalable.dispatcher.Samples.group;
import static io.scalable.dispatcher.domain.Scenario.aDeployment;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.scalable.contracts.Payload;
import io.scalable.contracts.scaling.PoolDemand.MissingNeed;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.task.TaskCommand.CancelTask;
import io.scalable.contracts.task.TaskEvent.TaskCancelled;
import io.scalable.contracts.task.TaskState;
import io.scalable.contracts.worker.Assignment.DrainRequested;
import io.scalable.contracts.worker.WorkerReport.HeldAttempt;
import io.scalable.dispatcher.Samples;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a submitted task may be, also where no manifest was checked before. */
class SubmissionRulesTest {

    @Test
    void aTaskThatNeedsItselfFailsAndSaysSo() {
        var s = aDeployment().submit("fit", 0, Scenario.id("fit", 0));

        assertThat(problem(s)).contains("needs itself");
    }

    @Test
    void aTaskThatNeedsItsOwnGroupFailsAndSaysSo() {
        var s = aDeployment(group("fit", 3)).submit("fit", 0, Scenario.ID + "/fit/*");

        assertThat(problem(s)).contains("needs itself");
    }

    @Test
    void aCircleFailsWhenItsLastTaskComes() {
        var s =
                aDeployment()
                        .submit("a", 0, Scenario.id("b", 0))
                        .submit("b", 0, Scenario.id("c", 0))
                        .submit("c", 0, Scenario.id("a", 0));

        assertThat(s.results.getFirst().failures().getLast().message())
                .contains("run-1/a/0, which needs run-1/b/0, which needs run-1/c/0");
        assertThat(s.results)
                .extracting(r -> r.task() + " " + r.state())
                .containsExactly("c FAILED", "b SKIPPED", "a SKIPPED");
    }

    @Test
    void aCircleThroughAGroupFails() {
        var s =
                aDeployment(group("fit", 1), group("sum", 1))
                        .submit("fit", 0, Scenario.ID + "/sum/*")
                        .submit("sum", 0, Scenario.id("fit", 0));

        assertThat(s.results).hasSize(2).noneMatch(r -> r.state() == TaskState.SUCCEEDED);
    }

    @Test
    void aCircleOfTasksThatCameBeforeTheirDeploymentFails() {
        var s =
                Scenario.undeclared()
                        .submit("a", 0, Scenario.id("b", 0))
                        .submit("b", 0, Scenario.id("a", 0))
                        .declare();

        assertThat(s.results).hasSize(2).noneMatch(r -> r.state() == TaskState.SUCCEEDED);
    }

    @Test
    void aNeedThatWasNeverSubmittedIsNamedInTheDemand() {
        var s = aDeployment().submit("sum", 0, Scenario.id("fit", 0), Scenario.id("fit", 1));
        s.submit("sum", 1, Scenario.id("fit", 1)).submit("fit", 0).elapse(Duration.ofSeconds(1));

        assertThat(s.demand.getLast().missing())
                .containsExactly(new MissingNeed(Scenario.id("fit", 1), 2));

        s.restart().submit("fit", 1).elapse(Duration.ofSeconds(1));
        assertThat(s.demand.getLast().missing()).isEmpty();
    }

    @Test
    void theHintsOfOpenTasksReachTheDemand() {
        var s = aDeployment();
        s.submit("fit", 0, 0, 0, 100.0).submit("fit", 1, 0, 0, 300.0).submit("plot", 0);

        s.restart().elapse(Duration.ofSeconds(1));

        var counts = s.demand.getLast().pools().getFirst().tasks();
        assertThat(counts.getFirst().expectedSeconds()).isEqualTo(200);
        assertThat(counts.get(1).expectedSeconds()).isNull();
    }

    @Test
    void anEmptyNeedFailsTheTask() {
        assertThat(problem(aDeployment().submit("fit", 0, ""))).contains("is empty");
    }

    @Test
    void aNeedOfAnotherDeploymentFailsTheTask() {
        assertThat(problem(aDeployment().submit("fit", 0, "run-2/fit/0"))).contains("run-2");
        assertThat(problem(aDeployment(group("fit", 1)).submit("sum", 0, "run-2/fit/*")))
                .contains("run-2");
    }

    @Test
    void anotherTaskUnderAKnownIdIsRefused() {
        var s = aDeployment().submit("fit", 0);
        var other =
                Samples.task(Scenario.ID, "fit", 0).withInput(Payload.of(TextNode.valueOf("x")));

        s.ask(other);
        assertThat(s.last.refused()).contains("run-1/fit/0").contains("id of its own");
        assertThat(s.last.rows()).isEmpty();
        s.workerReady("w1").finish("w1", "fit", 0, 1).ask(other);

        assertThat(s.last.refused()).as("after its end, too").isNotNull();
        assertThat(s.submit("fit", 0).last.refused()).as("the same task").isNull();
    }

    @Test
    void aCancelBeforeItsDeploymentAndItsTaskHolds() {
        var s =
                Scenario.undeclared()
                        .ask(new CancelTask(Scenario.ID, Scenario.id("fit", 0), "changed my mind"))
                        .restart()
                        .declare()
                        .workerReady("w1")
                        .submit("fit", 0);

        assertThat(s.state("fit", 0)).isEqualTo(TaskState.CANCELLED);
        assertThat(s.leases("w1")).isEmpty();
    }

    @Test
    void aTaskOfAnEndedDeploymentIsRefusedAndItsSecondLifeBeginsAnew() {
        var s = aDeployment().workerReady("w1").submit("fit", 0).tell(new Command.Ended());

        s.submit("fit", 1);
        assertThat(s.last.refused()).contains("has ended");
        s.declare().listen().submit("fit", 0).workerReady("w2").finish("w2", "fit", 0, 1);

        assertThat(s.results).singleElement().matches(r -> r.state() == TaskState.SUCCEEDED);
    }

    /** The same worker id, task and attempt as in the deployment before, a minute later. */
    @Test
    void whatWasLeasedByAnEarlierDeploymentOfTheSameIdSaysNothingOfTheNextOne() {
        var s = aDeployment().workerReady("w1").submit("fit", 0);
        Instant before = s.lastLease().deploymentCreatedAt();
        s.tell(new Command.Ended());
        Instant after = before.plusSeconds(60);
        s.tell(new Command.Declared(Samples.createdAt(Scenario.ID, after))).submit("fit", 0);

        s.heartbeat("w0", true, new HeldAttempt(Scenario.id("fit", 0), 1, true, before));
        s.finishOf(before, "w1", "fit", 0, 1);
        assertThat(s.state("fit", 0)).isEqualTo(TaskState.QUEUED);

        s.listen().workerReady("w1");
        assertThat(s.lastLease().deploymentCreatedAt()).isEqualTo(after);
        s.finishOf(before, "w1", "fit", 0, 1);
        assertThat(s.state("fit", 0)).isEqualTo(TaskState.LEASED);
        s.finishOf(after, "w1", "fit", 0, 1);
        assertThat(s.state("fit", 0)).isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    void aSpecThatIsPublishedAnewTakesNoLeaseAway() {
        var s = aDeployment().workerReady("w1").submit("fit", 0);
        Instant created = s.lastLease().deploymentCreatedAt();
        s.tell(new Command.Declared(Samples.createdAt(Scenario.ID, created.plusSeconds(60))));

        s.restart().finishOf(created, "w1", "fit", 0, 1);

        assertThat(s.state("fit", 0)).isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    void theEndTakesBackTheLineOfDemand() {
        var s = aDeployment().submit("fit", 0);
        assertThat(s.last.demandGone()).isFalse();

        assertThat(s.tell(new Command.Ended()).last.demandGone()).isTrue();
    }

    @Test
    void tasksOfADeploymentThatNeverComesAreCancelledAloud() {
        var s = Scenario.undeclared().submit("fit", 0);
        s.now = s.now.plus(Duration.ofHours(25));

        s.tick();

        assertThat(s.said(TaskCancelled.class))
                .singleElement()
                .matches(e -> e.reason().contains("never published"));
        assertThat(s.kept).isEmpty();
    }

    @Test
    void aComponentThatIsDeployedNoMoreIsDrainedAndItsTasksAreTold() {
        var s = aDeployment().workerReady("w1").submitMany("fit", 2).start("w1", "fit", 0, 1);
        var spec = Samples.deployment(Scenario.ID, URI.create("file:/tmp/x"));
        var rest = spec.components().subList(1, 2);

        s.tell(new Command.Declared(spec.withWork(rest, List.of())));

        assertThat(s.told(DrainRequested.class)).hasSize(1);
        assertThat(problem(s)).contains("no component 'forecast' any more");
        s.finish("w1", "fit", 0, 1);
        assertThat(s.state("fit", 0)).as("what ran may finish").isEqualTo(TaskState.SUCCEEDED);
        s.workerReady("w2").elapse(Duration.ofMillis(100));
        assertThat(s.told(DrainRequested.class)).as("one that comes late").hasSize(2);
    }

    @Test
    void aRetryOfATaskWhoseComponentIsGoneFailsWithTheReason() {
        var s = aDeployment();
        s.submit("fit", 0).workerReady("w1").start("w1", "fit", 0, 1);
        var spec = Samples.deployment(Scenario.ID, URI.create("file:/tmp/x"));
        s.tell(new Command.Declared(spec.withWork(spec.components().subList(1, 2), List.of())));

        s.workerFailed("w1", FailureClass.NODE_FAILURE);

        assertThat(problem(s)).contains("no component");
    }

    private static String problem(Scenario s) {
        var result = s.results.getLast();
        assertThat(result.state()).isEqualTo(TaskState.FAILED);
        return result.failures().getLast().message();
    }
}
