package io.scalable.client.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.task.TaskState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnaroundsTest {

    @Test
    void theTimeBetweenTwoTasksOfOneWorkerCounts() {
        assertThat(Turnarounds.of(List.of(task("w", 0, 5.5, 8), task("w", 0, 0, 5))))
                .containsExactly(0.5);
    }

    @Test
    void waitingForWorkOrAnotherWorkerDoesNot() {
        assertThat(
                        Turnarounds.of(
                                List.of(
                                        task("w", 0, 0, 5),
                                        task("v", 0, 5.5, 8),
                                        task("w", 6, 7, 8))))
                .isEmpty();
    }

    @Test
    void tasksOnSlotsBesideEachOtherDoNot() {
        assertThat(Turnarounds.of(List.of(task("w", 0, 0, 5), task("w", 0, 1, 6)))).isEmpty();
    }

    private static TaskRecord task(String worker, double queued, double started, double finished) {
        return new TaskRecord(
                "run/t/0",
                "t",
                "c",
                0,
                TaskState.SUCCEEDED,
                1,
                worker,
                at(queued),
                at(started),
                at(finished),
                finished - started,
                null,
                null,
                null,
                List.of());
    }

    private static Instant at(double seconds) {
        return Instant.EPOCH.plusMillis((long) (seconds * 1000));
    }
}
