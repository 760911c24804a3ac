package io.scalable.client.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Need;
import io.scalable.contracts.deployment.TaskGroup;
import io.scalable.contracts.task.TaskState;
import io.scalable.planning.simulation.Trace;
import io.scalable.planning.simulation.TraceTask;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordedTraceTest {

    private static final DeploymentSpec STREAM = Samples.deployment();

    /** Two fits, then one gather of both. */
    private static final DeploymentSpec GRAPH =
            STREAM.withWork(
                    STREAM.components(),
                    List.of(
                            new TaskGroup("fit", "forecast", 2, List.of(), null, true),
                            new TaskGroup(
                                    "gather",
                                    "postprocess",
                                    1,
                                    List.of(new Need("fit", null)),
                                    null,
                                    true)));

    @Test
    void tasksKeepTheirDurationsNeedsAndSubmitTimes() {
        // In the order in which they ended.
        Trace trace =
                RecordedTrace.of(
                        GRAPH,
                        List.of(
                                task("fit", 1, 0.75, 3.0, List.of()),
                                task("fit", 0, 0.5, 8.0, List.of()),
                                task("gather", 0, 8.6, 2.0, List.of(Samples.RUN + "/fit/*"))));

        assertThat(trace.graph()).isTrue();
        assertThat(trace.maxWorkers()).isEqualTo(4);
        assertThat(trace.pools()).containsOnlyKeys("forecast", "postprocess");
        assertThat(trace.tasks())
                .extracting(TraceTask::name)
                .containsExactly(id("fit", 0), id("fit", 1), id("gather", 0));
        assertThat(trace.tasks()).extracting(TraceTask::runtime).containsExactly(8.0, 3.0, 2.0);
        assertThat(trace.tasks()).extracting(TraceTask::submit).containsExactly(0.0, 0.25, 0.0);
        assertThat(trace.tasks().getLast().parents()).containsExactly(0, 1);
        assertThat(trace.tasks().getLast().group()).isEqualTo("gather");
    }

    @Test
    void aTaskThatWaitedForOneTaskAloneNeedsThatOne() {
        Trace trace =
                RecordedTrace.of(
                        GRAPH,
                        List.of(
                                task("fit", 0, 0, 8.0, List.of()),
                                task("fit", 1, 0, 3.0, List.of()),
                                task("gather", 0, 3.1, 2.0, List.of(id("fit", 1)))));

        assertThat(trace.tasks().getLast().parents()).containsExactly(1);
    }

    @Test
    void anOldRunHasItsNeedsInTheGraph() {
        Trace trace =
                RecordedTrace.of(
                        GRAPH,
                        List.of(
                                task("fit", 0, 0, 8.0, List.of()),
                                task("gather", 0, 8, 2.0, List.of())));

        assertThat(trace.tasks().getLast().parents()).containsExactly(0);
    }

    @Test
    void whatNeverRanIsLeftOut() {
        Trace trace =
                RecordedTrace.of(
                        GRAPH,
                        List.of(
                                task("fit", 0, 0, 8.0, List.of()),
                                task("fit", 1, 0, null, List.of())));

        assertThat(trace.tasks()).hasSize(1);
    }

    @Test
    void aTaskThatWasSubmittedAfterItsParentsEndIsSubmittedThen() {
        Trace trace =
                RecordedTrace.of(
                        STREAM,
                        List.of(
                                task("fit", 0, 1, 2.0, List.of()),
                                task("gather", 0, 20, 2.0, List.of(id("fit", 0)))));

        assertThat(trace.graph()).isFalse();
        assertThat(trace.tasks()).extracting(TraceTask::submit).containsExactly(0.0, 19.0);
    }

    private static TaskRecord task(
            String name, int index, double queued, @Nullable Double seconds, List<String> needs) {
        return new TaskRecord(
                id(name, index),
                name,
                name.equals("fit") ? "forecast" : "postprocess",
                index,
                seconds == null ? TaskState.CANCELLED : TaskState.SUCCEEDED,
                1,
                "w",
                at(queued),
                at(queued),
                at(queued + (seconds == null ? 0 : seconds)),
                seconds,
                null,
                null,
                null,
                needs);
    }

    private static String id(String task, int index) {
        return Samples.RUN + "/" + task + "/" + index;
    }

    private static Instant at(double seconds) {
        return Samples.START.plusMillis((long) (seconds * 1000));
    }
}
