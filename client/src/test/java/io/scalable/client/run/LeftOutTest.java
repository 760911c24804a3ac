package io.scalable.client.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.task.TaskState;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeftOutTest {

    @Test
    void whatWasCancelledIsLeftOutAndWhatWasSkippedForIt() {
        List<TaskRecord> tasks =
                List.of(
                        task("d/a/0", TaskState.FAILED),
                        task("d/a/1", TaskState.SUCCEEDED),
                        task("d/b/0", TaskState.SKIPPED, "d/a/*"),
                        task("d/c/0", TaskState.CANCELLED),
                        task("d/e/0", TaskState.SKIPPED, "d/f/0"),
                        task("d/f/0", TaskState.SKIPPED, "d/c/*", "d/a/0"));

        assertThat(LeftOut.of(tasks)).containsExactlyInAnyOrder("d/c/0", "d/f/0", "d/e/0");
    }

    @Test
    void whereNothingWasCancelledNothingIsLeftOut() {
        assertThat(
                        LeftOut.of(
                                List.of(
                                        task("d/a/0", TaskState.FAILED),
                                        task("d/b/0", TaskState.SKIPPED, "d/a/0"))))
                .isEmpty();
    }

    private static TaskRecord task(String id, TaskState state, String... needs) {
        return new TaskRecord(
                id,
                id.split("/")[1],
                "pool",
                0,
                state,
                1,
                null,
                null,
                null,
                Samples.START,
                null,
                null,
                null,
                null,
                List.of(needs));
    }
}
