package io.scalable.client.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.task.TaskState;
import io.scalable.contracts.worker.WorkerLifecycle.RemovalCause;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRemoved;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRequested;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunBooksTest {

    @TempDir Path temp;

    private final SubmitTask task = Samples.task(Samples.RUN, "forecast", 0);
    private final List<String> problems = new ArrayList<>();
    private final List<RunProgress> progress = new ArrayList<>();
    private long nanos;
    private RunFolder folder;
    private RunBooks books;

    @BeforeEach
    void open() throws Exception {
        folder = RunFolder.create(temp, Samples.RUN);
        var listener =
                new RunListener() {
                    @Override
                    public void problem(String text) {
                        problems.add(text);
                    }

                    @Override
                    public void progress(RunProgress now) {
                        progress.add(now);
                    }
                };
        books =
                new RunBooks(
                        new RunRecorder(Samples.deployment(), folder, List.of()),
                        listener,
                        RunOptions.defaults(),
                        InstantSource.fixed(Samples.START),
                        () -> nanos);
    }

    @Test
    void silenceCountsFromTheFirstTaskThatIsLeft() {
        pass(3600);
        books.submitted(List.of(task), _ -> "forecast");
        books.polled(false);
        assertThat(books.problem()).isNull();

        pass(61);
        books.polled(false);
        assertThat(books.problem()).contains("nothing was heard of the run for 60 s");
    }

    @Test
    void anyWordEndsTheSilence() {
        books.submitted(List.of(task), _ -> "forecast");
        pass(59);
        books.polled(true);
        pass(59);
        books.polled(false);

        assertThat(books.problem()).isNull();
    }

    @Test
    void silenceIsNoProblemWhenNothingIsLeft() {
        books.submitted(List.of(task), _ -> "forecast");
        books.result(Samples.ended(task, TaskState.SUCCEEDED, 1));
        pass(3600);
        books.polled(false);

        assertThat(books.allEnded()).isTrue();
        assertThat(books.problem()).isNull();
    }

    @Test
    void progressIsToldOnceThereIsATaskAndThenOfAllThatWereSubmitted() {
        books.polled(true);
        assertThat(progress).isEmpty();

        books.submitted(List.of(task, Samples.task(Samples.RUN, "forecast", 1)), _ -> "forecast");
        pass(1);
        books.polled(true);
        assertThat(progress).extracting(RunProgress::total).containsExactly(2);
    }

    @Test
    void linesAreWrittenTogetherWithProgressEvenIfNothingMoreIsHeard() throws Exception {
        books.polled(true);
        books.submitted(List.of(task), _ -> "forecast");
        books.result(Samples.ended(task, TaskState.SUCCEEDED, 1));
        books.polled(true);
        assertThat(folder.tasks().read()).isEmpty();

        pass(1);
        books.polled(false);
        assertThat(folder.tasks().read()).hasSize(1);
    }

    @Test
    void theFirstProblemIsKeptAndToldOnce() {
        books.broken(new RunException("the broker is gone", null));
        books.broken(new RunException("so nothing can be sent", null));

        assertThat(problems).containsExactly("the broker is gone");
        assertThat(books.problem()).isEqualTo("the broker is gone");
    }

    @Test
    void aRunWhoseBudgetIsUsedUpEndsAndSaysSo() {
        books.submitted(List.of(task), _ -> "forecast");
        books.plan(planned(1, 2, "tasks", "300 tasks"));
        books.worker(requested());
        books.plan(planned(2, 0, "budget", "the budget is used up: of 1 USD, 1 USD is spent"));
        stay(60);
        assertThat(books.problem()).as("workers finish what they run").isNull();

        books.worker(gone());
        stay(8);
        assertThat(books.problem()).as("the next plan may launch again").isNull();
        stay(8);
        assertThat(books.problem())
                .isEqualTo(
                        "the budget is used up: of 1 USD, 1 USD is spent; tasks that were not run:"
                                + " 1. Raise targets.NAME.budget and run again");
    }

    @Test
    void aPlanWithoutWorkersForAnotherReasonEndsNothing() {
        books.submitted(List.of(task), _ -> "forecast");
        books.plan(planned(1, 0, "max_cost_per_hour", "too dear"));
        stay(60);

        assertThat(books.problem()).isNull();
    }

    private static ScalePlan planned(long generation, int workers, String constraint, String why) {
        return new ScalePlan(
                Samples.RUN,
                generation,
                List.of(new PoolPlan("forecast", workers, why, constraint)),
                1,
                null,
                null,
                null,
                Samples.START);
    }

    private static WorkerRequested requested() {
        return new WorkerRequested(Samples.RUN, "forecast", "w", 1, Samples.START);
    }

    private static WorkerRemoved gone() {
        return new WorkerRemoved(
                Samples.RUN, "forecast", "w", RemovalCause.SCALED_IN, Samples.START);
    }

    private void stay(int seconds) {
        for (int i = 0; i < seconds; i += 4) {
            books.polled(true);
            pass(4);
        }
        books.polled(true);
    }

    private void pass(long seconds) {
        nanos += Duration.ofSeconds(seconds).toNanos();
    }
}
