package io.scalable.dispatcher.domain;

import static io.scalable.dispatcher.Samples.group;
import static io.scalable.dispatcher.domain.Scenario.aDeployment;
import static io.scalable.dispatcher.domain.Scenario.id;
import static io.scalable.dispatcher.domain.Scenario.keeping;
import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.deployment.TaskGroup;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.task.TaskEvent.TaskSkipped;
import io.scalable.contracts.task.TaskState;
import io.scalable.contracts.worker.Assignment.ParentResults;
import java.util.List;
import org.junit.jupiter.api.Test;

class NeedsTest {

    private static final String ALL_FITS = Scenario.ID + "/fit/*";

    @Test
    void aTaskWaitsForWhatItNeedsAndGetsTheResults() {
        var s = aDeployment().workerReady("w1").submit("sum", 0, id("fit", 0)).submit("fit", 0);
        assertThat(s.state("sum", 0)).isEqualTo(TaskState.BLOCKED);

        s.finish("w1", "fit", 0, 1);

        assertThat(s.lastLease().task()).isEqualTo("sum");
        assertThat(texts(s.lastLease().parents())).containsExactly("fit: result of fit 0");
    }

    @Test
    void aGroupIsWaitedForAsAWholeAndComesInItemOrder() {
        var s = aDeployment(group("fit", 3), group("sum", 1, "fit")).workerReady("w1", 3, null);
        s.submit("sum", 0, ALL_FITS).submitMany("fit", 3);

        s.finish("w1", "fit", 2, 1).finish("w1", "fit", 0, 1);
        assertThat(s.state("sum", 0)).isEqualTo(TaskState.BLOCKED);
        s.finish("w1", "fit", 1, 1);

        assertThat(texts(s.lastLease().parents()))
                .containsExactly("fit: result of fit 0, result of fit 1, result of fit 2");
    }

    @Test
    void aNameWithoutTasksIsToldToHaveNoResults() {
        var s = aDeployment(group("fit", 0), group("sum", 1, "fit")).workerReady("w1");

        s.submit("sum", 0, ALL_FITS);

        assertThat(s.lastLease().parents()).containsExactly(new ParentResults("fit", List.of()));
    }

    @Test
    void namesComeInTheOrderOfTheNeeds() {
        var s =
                aDeployment(group("a", 1), group("fit", 2), group("sum", 1, "fit", "a"))
                        .workerReady("w1", 3, null);
        s.submit("a", 0).submitMany("fit", 2).submit("sum", 0, ALL_FITS, id("a", 0));

        s.finish("w1", "a", 0, 1).finish("w1", "fit", 0, 1).finish("w1", "fit", 1, 1);

        assertThat(s.lastLease().parents())
                .extracting(ParentResults::task)
                .containsExactly("fit", "a");
    }

    @Test
    void aChildThatComesAfterItsDeclaredParentsEndedStillGetsTheirResults() {
        var s =
                aDeployment(group("fit", 1), group("sum", 1, "fit"))
                        .workerReady("w1")
                        .submit("fit", 0)
                        .finish("w1", "fit", 0, 1);

        s.submit("sum", 0, ALL_FITS);

        assertThat(texts(s.lastLease().parents())).containsExactly("fit: result of fit 0");
    }

    @Test
    void aChildFromOutsideMayComeAfterItsParentEnded() {
        var s = aDeployment().workerReady("w1").submit("fit", 0).finish("w1", "fit", 0, 1);

        s.submit("sum", 0, id("fit", 0));

        assertThat(texts(s.lastLease().parents())).containsExactly("fit: result of fit 0");
    }

    @Test
    void aChildWhoseParentsResultIsKeptNoMoreFailsAndSaysWhy() {
        var s = keeping(0).declare(group("fit", 1)).workerReady("w1").submit("fit", 0);
        s.finish("w1", "fit", 0, 1);

        s.submit("sum", 0, id("fit", 0));

        assertThat(s.state("sum", 0)).isEqualTo(TaskState.FAILED);
        assertThat(s.results.getLast().failures().getLast().message())
                .contains(id("fit", 0), "not kept");
    }

    @Test
    void resultsGoWhenNoChildNeedsThemAnyMoreAndTheirTopicHasThem() {
        var s =
                keeping(0)
                        .whoseResultsWait()
                        .declare(group("fit", 2), group("sum", 2, "fit"))
                        .workerReady("w1", 2, null)
                        .submitMany("fit", 2);
        s.submit("sum", 0, ALL_FITS).submit("sum", 1, ALL_FITS);
        s.finish("w1", "fit", 0, 1).finish("w1", "fit", 1, 1).resultsWritten();
        s.finish("w1", "sum", 0, 1);
        assertThat(s.kept.keySet()).contains("r/" + id("fit", 0), "r/" + id("fit", 1));

        s.finish("w1", "sum", 1, 1);
        assertThat(s.kept.keySet()).doesNotContain("r/" + id("fit", 0), "r/" + id("fit", 1));
        assertThat(s.kept.keySet()).contains("r/" + id("sum", 0), "r/" + id("sum", 1));

        s.resultsWritten();
        assertThat(s.kept.keySet()).noneMatch(key -> key.matches("[rsu]/.*"));
    }

    @Test
    void whatNeedsAFailedTaskIsSkippedAllTheWayDown() {
        var s =
                aDeployment(group("fit", 2), group("sum", 1, "fit"), group("plot", 1, "sum"))
                        .workerReady("w1", 2, null);
        s.submitMany("fit", 2).submit("sum", 0, ALL_FITS).submit("plot", 0, id("sum", 0));

        s.fail("w1", "fit", 1, 1, FailureClass.USER_ERROR);

        assertThat(s.said(TaskSkipped.class))
                .extracting(TaskSkipped::because)
                .containsExactly(id("fit", 1), id("sum", 0));
        assertThat(s.results)
                .extracting(r -> r.task() + " " + r.state())
                .containsExactly("fit FAILED", "sum SKIPPED", "plot SKIPPED");
    }

    @Test
    void aChildThatComesAfterItsParentFailedIsSkipped() {
        var s = aDeployment(group("fit", 2)).workerReady("w1").submit("fit", 0);
        s.fail("w1", "fit", 0, 1, FailureClass.USER_ERROR);

        s.submit("sum", 0, id("fit", 0)).submit("sum", 1, ALL_FITS);

        assertThat(s.state("sum", 0)).isEqualTo(TaskState.SKIPPED);
        assertThat(s.state("sum", 1)).isEqualTo(TaskState.SKIPPED);
    }

    @Test
    void aTaskThatNeedsAPlannedOnlyOneIsSkipped() {
        var planned = new TaskGroup("fit", "forecast", 2, List.of(), null, false);
        var s = aDeployment(planned).submit("sum", 0, ALL_FITS);

        assertThat(s.state("sum", 0)).isEqualTo(TaskState.SKIPPED);
    }

    @Test
    void anEmptyGroupIsNothingToWaitFor() {
        var s = aDeployment(group("fit", 0)).workerReady("w1").submit("sum", 0, ALL_FITS);

        assertThat(s.leases("w1")).containsExactly("sum/0#1");
    }

    private static List<String> texts(List<ParentResults> parents) {
        return parents.stream()
                .map(
                        p ->
                                p.task()
                                        + ": "
                                        + String.join(
                                                ", ",
                                                p.results().stream()
                                                        .map(r -> r.value().asText())
                                                        .toList()))
                .toList();
    }
}
