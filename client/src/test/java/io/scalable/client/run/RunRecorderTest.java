package io.scalable.client.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.task.TaskState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecorderTest {

    @TempDir Path temp;

    private final SubmitTask task = Samples.task(Samples.RUN, "forecast", 0);
    private RunFolder folder;
    private RunRecorder recorder;

    @BeforeEach
    void begin() throws Exception {
        folder = RunFolder.create(temp, Samples.RUN);
        recorder =
                new RunRecorder(
                        Samples.deployment(Samples.RUN, folder.file("storage").toUri()),
                        folder,
                        RunRecord.none());
    }

    @Test
    void theFirstResultOfATaskCounts() throws Exception {
        recorder.submitted(task, "forecast");

        assertThat(recorder.ended(Samples.ended(task, TaskState.SUCCEEDED, 1))).isTrue();
        assertThat(recorder.ended(Samples.ended(task, TaskState.FAILED, 1))).isFalse();

        assertThat(recorder.pending()).isZero();
        assertThat(recorder.count(TaskState.SUCCEEDED)).isEqualTo(1);
        assertThat(recorder.count(TaskState.FAILED)).isZero();
        recorder.flush();
        assertThat(folder.tasks().read()).hasSize(1);
        assertThat(folder.failures().read()).isEmpty();
    }

    @Test
    void submittingATaskAgainChangesNothing() {
        recorder.submitted(task, "forecast");
        recorder.submitted(task, "forecast");
        assertThat(recorder.pending()).isEqualTo(1);

        recorder.ended(Samples.ended(task, TaskState.SUCCEEDED, 1));
        recorder.submitted(task, "forecast");
        assertThat(recorder.pending()).isZero();
        assertThat(recorder.progress(Samples.START).total()).isEqualTo(1);
    }

    @Test
    void everyFailedAttemptGetsALineAndTheLastIsTheTasksOwn() throws Exception {
        var failed =
                new TaskResult(
                        Samples.RUN,
                        task.taskId(),
                        "forecast",
                        "forecast",
                        0,
                        TaskState.FAILED,
                        2,
                        "w1",
                        null,
                        List.of(Samples.failure("first"), Samples.failure("second")),
                        null,
                        null,
                        null,
                        Samples.START,
                        null);
        Path log = folder.file("storage").resolve("logs/forecast/0-2.err");
        Files.createDirectories(log.getParent());
        Files.createFile(log);

        recorder.ended(failed);
        recorder.flush();

        assertThat(folder.failures().read())
                .extracting(
                        FailureRecord::attempt,
                        FailureRecord::gaveUp,
                        line -> line.failure().message(),
                        FailureRecord::log)
                .containsExactly(
                        tuple(1, false, "first", null), tuple(2, true, "second", log.toString()));
        assertThat(folder.tasks().read().getFirst().failure().message()).isEqualTo("second");
    }

    @Test
    void tasksThatNothingWasHeardOfAreWrittenAsCancelled() throws Exception {
        recorder.submitted(task, "forecast");
        var told = new ArrayList<TaskResult>();

        recorder.abandon("the broker is gone", Samples.START, told::add);
        recorder.flush();

        assertThat(folder.tasks().read())
                .singleElement()
                .satisfies(
                        line -> {
                            assertThat(line.state()).isEqualTo(TaskState.CANCELLED);
                            assertThat(line.reason()).isEqualTo("the broker is gone");
                        });
        assertThat(told).hasSize(1);
    }

    @Test
    void onlyANewerPlanIsADecision() throws Exception {
        var plan = Samples.plan(2, 0, Samples.pool("forecast", 1));

        assertThat(recorder.planned(plan)).isTrue();
        assertThat(recorder.planned(plan)).isFalse();
        assertThat(recorder.planned(Samples.plan(1, 0))).isFalse();
        recorder.flush();
        assertThat(folder.decisions().read()).containsExactly(plan);
    }

    @Test
    void theFirstPlanIsDecidedWhenThePlannerSaysSoAndAsItSays() throws Exception {
        ScalePlan wished = Samples.plan(1, 0, Samples.pool("forecast", 4));
        ScalePlan decided = Samples.plan(1, 5, Samples.pool("forecast", 2));
        RunFolder other = RunFolder.create(temp, "run-with-a-plan");
        var recorderOfPlan =
                new RunRecorder(
                        Samples.deployment().withInitialPlan(wished), other, RunRecord.none());
        assertThat(recorderOfPlan.progress(Samples.START).pools().getFirst().desired())
                .isEqualTo(4);

        assertThat(recorderOfPlan.planned(decided)).isTrue();

        recorderOfPlan.flush();
        assertThat(Decision.changes(other.decisions().read(), Samples.START))
                .extracting(Decision::atSeconds, Decision::to)
                .containsExactly(tuple(5.0, 2));
    }
}
