package io.scalable.contracts.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.task.TaskEvent.OfTask;
import io.scalable.contracts.task.TaskEvent.TaskCancelled;
import io.scalable.contracts.task.TaskEvent.TaskFailed;
import io.scalable.contracts.task.TaskEvent.TaskLeased;
import io.scalable.contracts.task.TaskEvent.TaskQueued;
import io.scalable.contracts.task.TaskEvent.TaskRetried;
import io.scalable.contracts.task.TaskEvent.TaskStarted;
import io.scalable.contracts.task.TaskEvent.TaskSucceeded;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TaskFoldTest {

    private static final Instant AT = Instant.EPOCH;
    private static final Failure LOST =
            new Failure(FailureClass.NODE_FAILURE, "WorkerLost", "gone", null);

    @Test
    void aTasksLifeFoldsToItsState() {
        assertThat(fold(queued(1), leased(1), started(1)))
                .isEqualTo(new TaskFold(TaskState.RUNNING, 1));
        assertThat(fold(queued(1), leased(1), started(1), succeeded(1)))
                .isEqualTo(new TaskFold(TaskState.SUCCEEDED, 1));
    }

    @Test
    void aRetryStartsOver() {
        var retried = new TaskRetried("d", "t", "x", "c", 1, "w", LOST, false, AT);

        assertThat(fold(queued(1), leased(1), started(1), retried, queued(2)))
                .isEqualTo(new TaskFold(TaskState.QUEUED, 2));
    }

    @Test
    void theFirstTerminalEventWins() {
        var failed = new TaskFailed("d", "t", "x", "c", 1, "w", LOST, AT);
        var cancelled = new TaskCancelled("d", "t", "x", "c", 1, "late", AT);

        assertThat(fold(succeeded(1), failed, cancelled, queued(2)).state())
                .isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    void repeatedAndOlderEventsChangeNothing() {
        assertThat(fold(queued(1), leased(1), queued(1)).state()).isEqualTo(TaskState.LEASED);
        assertThat(fold(queued(2), started(1))).isEqualTo(new TaskFold(TaskState.QUEUED, 2));
    }

    @Test
    void aTaskEndsThoughItWaitedForItsNextAttempt() {
        var cancelled = new TaskCancelled("d", "t", "x", "c", 1, "enough", AT);

        assertThat(fold(queued(1), started(1), queued(2), cancelled))
                .isEqualTo(new TaskFold(TaskState.CANCELLED, 2));
    }

    @Test
    void anEventHasTheSameIdEachTime() {
        assertThat(queued(1).eventId()).isEqualTo("t#1#TaskQueued").isEqualTo(queued(1).eventId());
        assertThat(queued(2).eventId()).isNotEqualTo(queued(1).eventId());
    }

    private static TaskFold fold(OfTask first, OfTask... rest) {
        TaskFold fold = TaskFold.after(null, first);
        for (OfTask event : rest) {
            fold = TaskFold.after(fold, event);
        }
        return fold;
    }

    private static OfTask queued(int attempt) {
        return new TaskQueued("d", "t", "x", "c", attempt, AT);
    }

    private static OfTask leased(int attempt) {
        return new TaskLeased("d", "t", "x", "c", attempt, "w", AT);
    }

    private static OfTask started(int attempt) {
        return new TaskStarted("d", "t", "x", "c", attempt, "w", AT);
    }

    private static OfTask succeeded(int attempt) {
        return new TaskSucceeded("d", "t", "x", "c", attempt, "w", 1.5, AT);
    }
}
