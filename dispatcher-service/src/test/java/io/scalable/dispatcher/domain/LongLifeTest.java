package io.scalable.dispatcher.domain;

import static io.scalable.dispatcher.Samples.group;
import static io.scalable.dispatcher.domain.Scenario.aDeployment;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.scalable.contracts.Payload;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.task.TaskCommand.CancelAll;
import io.scalable.contracts.task.TaskCommand.CancelTask;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.task.TaskState;
import io.scalable.contracts.worker.WorkerReport;
import io.scalable.contracts.worker.WorkerReport.AttemptFinished;
import io.scalable.dispatcher.Samples;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Deployments that live for months: what is kept stays small, and nothing else changes. */
class LongLifeTest {

    private static final Rules RULES = Rules.standard();

    @Test
    void ofManyFinishedTasksTheNewestAreKeptWholeAndOfOthersTheOutcome() {
        var s = Scenario.keepingTasks(100).declare().workerReady("w1");

        for (int i = 0; i < 5_000; i++) {
            s.submit("fit", i).finish("w1", "fit", i, 1, 0.001).listen();
        }

        assertThat(rows(s, "t/")).isBetween(100L, 120L);
        assertThat(rows(s, "r/")).isLessThan(120L);
        assertThat(rows(s, "o/")).isEqualTo(5_000 / OutcomeBook.CHUNK + 1);
        assertThat(s.kept).hasSizeLessThan(300);
        s.elapse(Duration.ofSeconds(6));
        assertThat(s.demand.getLast().pools().getFirst().tasks().getFirst().done())
                .isEqualTo(5_000);
    }

    @Test
    void aMachineBuiltFromItsRowsKnowsTheSameOfFinishedTasks() {
        var s = Scenario.keepingTasks(20).declare(group("fit", 500)).workerReady("w1");
        for (int i = 0; i < 400; i++) {
            s.submit("fit", i).finish("w1", "fit", i, 1, 0.001).listen();
        }
        String before = s.machine().fingerprint();

        s.restart().elapse(Duration.ofSeconds(6));

        assertThat(s.machine().fingerprint()).isEqualTo(before);
        var counts = s.demand.getLast().pools().getFirst().tasks().getFirst();
        assertThat(counts.done()).isEqualTo(400);
        assertThat(counts.failed()).isZero();
        for (int i = 0; i < 200; i++) {
            s.listen().submit("fit", i).ask(cancel(i));
            assertThat(s.events).as("task %d has ended", i).isEmpty();
        }
    }

    @Test
    void aGroupIsCompleteThoughItsTasksAreNotKept() {
        var s =
                Scenario.keepingTasks(10)
                        .declare(group("fit", 300), group("sum", 1, "fit"))
                        .workerReady("w1");
        for (int i = 0; i < 300; i++) {
            s.submit("fit", i).finish("w1", "fit", i, 1, 0.001);
        }
        assertThat(rows(s, "r/")).as("the child that is promised needs them all").isEqualTo(300);

        s.restart().heartbeat("w1").submit("sum", 0, Scenario.ID + "/fit/*");
        assertThat(s.lastLease().parents().getFirst().results()).hasSize(300);
        s.finish("w1", "sum", 0, 1).submit("other", 0);

        assertThat(rows(s, "r/")).isLessThan(15);
        assertThat(rows(s, "t/")).isLessThan(15);
    }

    @Test
    void parentsOfOneChildEachAreLetGoWhenTheLastChildHasEnded() {
        var s =
                Scenario.keepingTasks(10)
                        .declare(group("fit", 200), group("post", 200, "fit"))
                        .workerReady("w1");
        for (int i = 0; i < 200; i++) {
            s.submit("fit", i).finish("w1", "fit", i, 1, 0.001);
        }
        for (int i = 0; i < 200; i++) {
            s.submit("post", i, Scenario.id("fit", i)).finish("w1", "post", i, 1, 0.001);
        }

        assertThat(rows(s, "t/")).isLessThan(15);
        assertThat(rows(s, "r/")).isLessThan(15);
    }

    @Test
    void aChildOfATaskWhoseResultIsNotKeptFailsAndNamesIt() {
        var s = Scenario.keepingTasks(10).declare().workerReady("w1");
        for (int i = 0; i < 50; i++) {
            s.submit("fit", i).finish("w1", "fit", i, 1, 0.001);
        }

        s.listen().submit("sum", 0, Scenario.id("fit", 3));

        assertThat(s.entry("sum", 0).failures().getLast().message())
                .contains(Scenario.id("fit", 3))
                .contains("not kept");
    }

    @Test
    void tasksWithIdsOfTheirOwnAreKnownAfterTheirEnd() {
        var s = Scenario.keepingTasks(10).declare().workerReady("w1");
        for (int i = 0; i < 100; i++) {
            s.ask(named("job-" + i)).report(finished("job-" + i, s));
        }

        s.restart().listen().ask(named("job-7"));

        assertThat(rows(s, "t/")).isLessThan(15);
        assertThat(rows(s, "f/")).isGreaterThan(85);
        assertThat(s.events).isEmpty();
    }

    @Test
    void aGroupCountsItsOwnTasksOnly() {
        var s = aDeployment(group("fit", 2), group("sum", 1, "fit")).workerReady("w1");
        s.submit("sum", 0, Scenario.ID + "/fit/*").submit("fit", 0).submit("fit", 7);
        s.ask(named("fit", "my-own-id"));
        s.finish("w1", "fit", 0, 1).finish("w1", "fit", 7, 1).report(finished("my-own-id", s));

        assertThat(s.state("sum", 0)).as("fit 1 is missing").isEqualTo(TaskState.BLOCKED);

        s.submit("fit", 1).finish("w1", "fit", 1, 1);
        assertThat(s.lastLease().parents().getFirst().results()).hasSize(2);
    }

    @Test
    void namesThatAreUsedOnceAreCountedTogether() {
        var s = Scenario.keepingTasks(50).declare().workerReady("w1");
        for (int i = 0; i < 3_000; i++) {
            s.submit("name-" + i, 0).finish("w1", "name-" + i, 0, 1, 1).listen();
        }
        assertThat(rows(s, "e/")).isLessThanOrEqualTo(1_001);

        s.restart().elapse(Duration.ofSeconds(6));

        var names = s.demand.getLast().pools().getFirst().tasks();
        assertThat(names).hasSizeLessThan(1_100);
        assertThat(names.stream().mapToInt(c -> c.done()).sum()).isEqualTo(3_000);
    }

    @Test
    void aLineOfDemandNamesFewIdsAndTheNextOneTheRest() {
        var s = aDeployment().submitMany("fit", 20_000).ask(new CancelAll(Scenario.ID, true, "x"));

        s.elapse(Duration.ofSeconds(3));

        assertThat(s.demand).hasSizeGreaterThan(1);
        assertThat(s.demand).allMatch(line -> line.tasksDone().size() < 16_000);
        assertThat(s.demand.stream().flatMap(line -> line.tasksDone().stream()))
                .hasSize(20_000)
                .doesNotHaveDuplicates();
    }

    @Test
    void workersThatCameAndWentAreForgotten() {
        var s = aDeployment();
        for (int i = 0; i < 10_000; i++) {
            s.workerReady("w" + i).leave("w" + i);
            s.now = s.now.plusMillis(10);
        }
        assertThat(rows(s, "w/")).isEqualTo(10_000);

        s.now = s.now.plus(RULES.goneKept()).plusSeconds(1);
        s.tick();

        assertThat(rows(s, "w/")).isZero();
    }

    @Test
    void aWorkerThatIsGoneAndStillSpeaksIsNotForgotten() {
        var s = aDeployment().workerReady("w1");
        s.workerFailed("w1", FailureClass.NODE_FAILURE);
        for (int i = 0; i < 20; i++) {
            s.now = s.now.plus(Duration.ofMinutes(1));
            s.heartbeat("w1").tick();
        }

        s.submit("fit", 0);

        assertThat(s.leases("w1")).isEmpty();
    }

    @Test
    void lateResultsAreBoundedByTheirSizeThoughTheOldestIsWanted() {
        var s = Scenario.keepingTasks(1_000).declare().workerReady("w1");
        s.submit("big", 0).submit("never", 0);
        s.submit("sum", 0, Scenario.id("big", 0), Scenario.id("never", 0));
        for (int i = 0; i < 40; i++) {
            s.submit("big", i).report(large(i, s));
        }

        long kept = rows(s, "r/");
        assertThat(kept).as("of 4 MB each").isLessThan(20);
        assertThat(s.kept).containsKey("r/" + Scenario.id("big", 0));
    }

    private static long rows(Scenario s, String prefix) {
        return s.kept.keySet().stream().filter(key -> key.startsWith(prefix)).count();
    }

    private static CancelTask cancel(int index) {
        return new CancelTask(Scenario.ID, Scenario.id("fit", index), "late");
    }

    private static SubmitTask named(String id) {
        return named("job", id);
    }

    private static SubmitTask named(String name, String id) {
        SubmitTask t = Samples.task(Scenario.ID, name, 0);
        return new SubmitTask(
                Scenario.ID,
                id,
                name,
                t.tag(),
                0,
                t.work(),
                t.input(),
                List.of(),
                0,
                0,
                null,
                null);
    }

    private static WorkerReport finished(String id, Scenario s) {
        return new AttemptFinished(Scenario.ID, "w1", id, 1, Payload.none(), null, 1, s.now);
    }

    private static WorkerReport large(int index, Scenario s) {
        var value = Payload.of(TextNode.valueOf("x".repeat(4 << 20)));
        return new AttemptFinished(
                Scenario.ID, "w1", Scenario.id("big", index), 1, value, null, 1, s.now);
    }
}
