package io.scalable.client.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.task.TaskState;
import io.scalable.contracts.worker.WorkerLifecycle.RemovalCause;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRemoved;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRequested;
import java.nio.file.Files;
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
    private final List<String> warnings = new ArrayList<>();
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
                    public void warning(String text) {
                        warnings.add(text);
                    }

                    @Override
                    public void progress(RunProgress now) {
                        progress.add(now);
                    }
                };
        books =
                new RunBooks(
                        new RunRecorder(Samples.deployment(), folder, RunRecord.none()),
                        listener,
                        RunOptions.defaults(),
                        InstantSource.fixed(Samples.START),
                        () -> nanos);
    }

    @Test
    void silenceCountsFromTheFirstTaskThatIsLeft() {
        pass(3600);
        books.submitted(List.of(task), _ -> "forecast");
        books.polled(false, true);
        assertThat(books.problem()).isNull();

        look(601);
        assertThat(text()).contains("nothing was heard of the run for 600 s");
    }

    @Test
    void anyWordEndsTheSilence() {
        books.submitted(List.of(task), _ -> "forecast");
        look(599);
        books.polled(true, true);
        look(599);

        assertThat(books.problem()).isNull();
    }

    @Test
    void aPauseOfThisProcessIsNoSilence() {
        books.submitted(List.of(task), _ -> "forecast");
        books.polled(true, true);

        pass(7200);
        books.polled(false, true);
        books.polled(false, true);

        assertThat(books.problem()).isNull();
        assertThat(warnings).isEmpty();
    }

    @Test
    void silenceIsSaidLongBeforeItEndsTheRunAndSoIsItsEnd() {
        books.submitted(List.of(task), _ -> "forecast");
        look(20, false, false);
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("no Kafka broker answers", "goes on as soon as they do");
        assertThat(progress.getLast().waiting()).contains("nothing was heard of the run for");

        books.polled(true, true);
        pass(1);
        books.polled(true, true);
        assertThat(warnings.getLast()).isEqualTo("the run goes on");
        assertThat(progress.getLast().waiting()).isNull();
    }

    @Test
    void aBrokerThatStaysAwayLeavesTheRunToBeResumed() {
        books.submitted(List.of(task), _ -> "forecast");
        look(601, false, false);

        assertThat(books.problem().kind()).isEqualTo(RunProblem.Kind.CUT_OFF);
    }

    @Test
    void whatTheServicesSayIsOverIsAskedForAgainAndAgain() {
        var asked = new ArrayList<List<String>>();
        books.onMissing(asked::add);
        books.submitted(List.of(task), _ -> "forecast");
        books.demand(Samples.demand("forecast", 0));
        look(40, true, true);

        assertThat(asked).hasSize(3).allSatisfy(ids -> assertThat(ids).hasSize(1));
        assertThat(progress.getLast().waiting()).contains("1 results have not come");

        books.result(Samples.ended(task, TaskState.SUCCEEDED, 1));
        assertThat(books.allEnded()).isTrue();
    }

    @Test
    void aDiskThatIsFullForAWhileLosesNothing() throws Exception {
        books.submitted(List.of(task), _ -> "forecast");
        Path lines = folder.file("tasks.jsonl");
        Files.delete(lines);
        Files.createDirectory(lines);
        books.result(Samples.ended(task, TaskState.SUCCEEDED, 1));
        look(2);
        assertThat(books.written()).isFalse();
        assertThat(books.problem()).isNull();

        Files.delete(lines);
        assertThat(books.written()).isTrue();
        assertThat(folder.tasks().read()).hasSize(1);
    }

    @Test
    void aDiskThatStaysFullIsNamedAndTheRunIsLeftToBeResumed() throws Exception {
        books.submitted(List.of(task), _ -> "forecast");
        Path lines = folder.file("observations.jsonl");
        Files.delete(lines);
        Files.createDirectory(lines);
        books.demand(Samples.demand("forecast", 3));
        look(70, true, true);

        assertThat(text()).contains("cannot write " + lines, "make room");
        assertThat(books.problem().kind()).isEqualTo(RunProblem.Kind.CUT_OFF);
    }

    @Test
    void aRunWithoutWorkersSaysThatItWaitsForThem() {
        books.submitted(List.of(task), _ -> "forecast");
        look(59, true, true);
        assertThat(progress.getLast().waiting()).isNull();

        look(5, true, true);
        assertThat(progress.getLast().waiting())
                .isEqualTo("waiting for workers: forecast wants 0, none ready, 0 starting");
    }

    @Test
    void silenceIsNoProblemWhenNothingIsLeft() {
        books.submitted(List.of(task), _ -> "forecast");
        books.result(Samples.ended(task, TaskState.SUCCEEDED, 1));
        look(700);

        assertThat(books.allEnded()).isTrue();
        assertThat(books.problem()).isNull();
    }

    @Test
    void progressIsToldOnceThereIsATaskAndThenOfAllThatWereSubmitted() {
        books.polled(true, true);
        assertThat(progress).isEmpty();

        books.submitted(List.of(task, Samples.task(Samples.RUN, "forecast", 1)), _ -> "forecast");
        pass(1);
        books.polled(true, true);
        assertThat(progress).extracting(RunProgress::total).containsExactly(2);
    }

    @Test
    void linesAreWrittenTogetherWithProgressEvenIfNothingMoreIsHeard() throws Exception {
        books.polled(true, true);
        books.submitted(List.of(task), _ -> "forecast");
        books.result(Samples.ended(task, TaskState.SUCCEEDED, 1));
        books.polled(true, true);
        assertThat(folder.tasks().read()).isEmpty();

        pass(1);
        books.polled(false, true);
        assertThat(folder.tasks().read()).hasSize(1);
    }

    @Test
    void theFirstProblemIsKeptAndToldOnce() {
        books.broken(new RunException("the broker is gone", null));
        books.broken(new RunException("so nothing can be sent", null));

        assertThat(problems).containsExactly("the broker is gone");
        assertThat(text()).isEqualTo("the broker is gone");
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
        assertThat(text())
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
        look(seconds, true, true);
        books.polled(true, true);
    }

    private void look(int seconds) {
        look(seconds, false, true);
    }

    private void look(int seconds, boolean heard, boolean connected) {
        for (int i = 0; i < seconds; i++) {
            pass(1);
            books.polled(heard, connected);
        }
    }

    private String text() {
        return books.problem() == null ? null : books.problem().text();
    }

    private void pass(long seconds) {
        nanos += Duration.ofSeconds(seconds).toNanos();
    }
}
