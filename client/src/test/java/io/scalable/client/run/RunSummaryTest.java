package io.scalable.client.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunSummaryTest {

    @Test
    void everyChangeOfAPoolIsAScalingEvent() {
        List<ScalePlan> plans =
                List.of(
                        Samples.plan(
                                1, 0, Samples.pool("forecast", 2), Samples.pool("postprocess", 0)),
                        Samples.plan(
                                2, 3, Samples.pool("forecast", 4), Samples.pool("postprocess", 0)),
                        Samples.plan(
                                3, 9, Samples.pool("forecast", 1), Samples.pool("postprocess", 2)));

        RunSummary summary = summary(List.of(), plans);

        assertThat(summary.scaling()).isEqualTo(new ScalingEvents(3, 1));
        assertThat(summary.workers().keySet()).containsExactly("forecast", "postprocess");
    }

    @Test
    void repeatedAndDisorderedPlansCountOnce() {
        ScalePlan first = Samples.plan(1, 0, Samples.pool("forecast", 2));
        ScalePlan second = Samples.plan(2, 1, Samples.pool("forecast", 1));

        List<Decision> changes =
                Decision.changes(List.of(second, first, second, first), Samples.START);

        assertThat(changes)
                .containsExactly(
                        new Decision(0, 1, "forecast", 0, 2, "because 2", "tasks"),
                        new Decision(1, 2, "forecast", 2, 1, "because 1", "tasks"));
    }

    @Test
    void durationsAreOfTasksThatSucceeded() {
        var tasks = new ArrayList<TaskRecord>();
        IntStream.rangeClosed(1, 100)
                .forEach(i -> tasks.add(record("forecast", i, TaskState.SUCCEEDED, i)));
        tasks.add(record("forecast", 101, TaskState.FAILED, 5000));
        tasks.add(record("postprocess", 0, TaskState.SUCCEEDED, 7));

        RunSummary summary = summary(tasks, List.of());

        assertThat(summary.durations())
                .containsEntry("forecast", new Durations(100, 50, 95, 100))
                .containsEntry("postprocess", new Durations(1, 7, 7, 7));
        assertThat(summary.count(TaskState.SUCCEEDED)).isEqualTo(101);
        assertThat(summary.count(TaskState.FAILED)).isEqualTo(1);
        assertThat(summary.count(TaskState.SKIPPED)).isZero();
    }

    @Test
    void aRunThatGoesOnHasNoLength() {
        RunInfo running = RunInfo.started(Samples.deployment(), "broker:9092");

        RunSummary summary =
                RunSummary.of(running, null, List.of(), List.of(), List.of(), List.of());

        assertThat(summary.seconds()).isNull();
        assertThat(summary(List.of(), List.of()).seconds()).isEqualTo(10);
    }

    private static RunSummary summary(List<TaskRecord> tasks, List<ScalePlan> plans) {
        return RunSummary.of(Samples.info(), null, tasks, List.of(), plans, List.of());
    }

    private static TaskRecord record(String name, int index, TaskState state, double seconds) {
        return TaskRecord.of(
                Samples.ended(Samples.task(Samples.RUN, name, index), state, seconds), List.of());
    }
}
