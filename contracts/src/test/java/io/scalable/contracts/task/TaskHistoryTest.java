package io.scalable.contracts.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.task.TaskEvent.OfTask;
import io.scalable.contracts.task.TaskEvent.TaskFailed;
import io.scalable.contracts.task.TaskEvent.TaskLeased;
import io.scalable.contracts.task.TaskEvent.TaskQueued;
import io.scalable.contracts.task.TaskEvent.TaskRetried;
import io.scalable.contracts.task.TaskEvent.TaskSkipped;
import io.scalable.contracts.task.TaskEvent.TaskStarted;
import io.scalable.contracts.task.TaskEvent.TaskSucceeded;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TaskHistoryTest {

    private static final String D = "d1";
    private static final String T = "d1/fit/0";
    private static final Failure BOOM =
            new Failure(FailureClass.USER_ERROR, "java.lang.Error", "boom", null);

    private static final List<OfTask> A_LIFE =
            List.of(
                    new TaskQueued(D, T, "fit", "forecast", 1, at(0)),
                    new TaskLeased(D, T, "fit", "forecast", 1, "w1", at(1)),
                    new TaskStarted(D, T, "fit", "forecast", 1, "w1", at(2)),
                    new TaskRetried(D, T, "fit", "forecast", 1, "w1", BOOM, true, at(3)),
                    new TaskQueued(D, T, "fit", "forecast", 2, at(3)),
                    new TaskLeased(D, T, "fit", "forecast", 2, "w2", at(4)),
                    new TaskStarted(D, T, "fit", "forecast", 2, "w2", at(5)),
                    new TaskSucceeded(D, T, "fit", "forecast", 2, "w2", 1.5, at(7)));

    @Test
    void aLifeFoldsToItsOutcome() {
        assertThat(fold(A_LIFE.stream()))
                .isEqualTo(
                        new TaskHistory(
                                D,
                                T,
                                "fit",
                                "forecast",
                                TaskState.SUCCEEDED,
                                2,
                                "w2",
                                at(0),
                                at(5),
                                at(7),
                                1.5,
                                null));
    }

    @Test
    void aLifeToldTwiceIsTheSameLife() {
        assertThat(fold(Stream.concat(A_LIFE.stream(), A_LIFE.stream())))
                .isEqualTo(fold(A_LIFE.stream()));
    }

    @Test
    void anyPartOfALifeMayBeToldAgain() {
        for (int from = 0; from < A_LIFE.size(); from++) {
            for (int to = from; to <= A_LIFE.size(); to++) {
                var told =
                        Stream.of(
                                        A_LIFE.subList(0, to),
                                        A_LIFE.subList(from, to),
                                        A_LIFE.subList(to, A_LIFE.size()))
                                .flatMap(List::stream);
                assertThat(fold(told))
                        .as("%d..%d again", from, to)
                        .isEqualTo(fold(A_LIFE.stream()));
            }
        }
    }

    @Test
    void theFirstTerminalEventWins() {
        var failed = new TaskFailed(D, T, "fit", "forecast", 2, "w2", BOOM, at(9));

        TaskHistory task = fold(Stream.concat(A_LIFE.stream(), Stream.of(failed)));

        assertThat(task.state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(task.reason()).isNull();
    }

    @Test
    void aRetriedTaskWaitsWithItsReason() {
        TaskHistory task = fold(A_LIFE.subList(0, 5).stream());

        assertThat(task.state()).isEqualTo(TaskState.QUEUED);
        assertThat(task.attempt()).isEqualTo(2);
        assertThat(task.workerId()).isNull();
        assertThat(task.startedAt()).isNull();
        assertThat(task.queuedAt()).isEqualTo(at(0));
        assertThat(task.reason()).isEqualTo("boom");
    }

    @Test
    void aSkippedTaskNamesTheOneItNeeds() {
        var skipped = new TaskSkipped(D, T, "fit", "forecast", 1, "d1/load/0", at(1));

        TaskHistory task = fold(Stream.of(skipped));

        assertThat(task.state()).isEqualTo(TaskState.SKIPPED);
        assertThat(task.finishedAt()).isEqualTo(at(1));
        assertThat(task.reason()).contains("d1/load/0");
    }

    private static TaskHistory fold(Stream<OfTask> events) {
        return events.reduce(null, TaskHistory::after, (a, _) -> a);
    }

    private static Instant at(int second) {
        return Instant.ofEpochSecond(1_800_000_000L + second);
    }
}
