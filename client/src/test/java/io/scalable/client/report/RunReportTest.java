package io.scalable.client.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.scalable.client.run.Decision;
import io.scalable.client.run.Durations;
import io.scalable.client.run.FailureRecord;
import io.scalable.client.run.RunCost;
import io.scalable.client.run.RunInfo;
import io.scalable.client.run.RunState;
import io.scalable.client.run.RunSummary;
import io.scalable.client.run.Samples;
import io.scalable.client.run.ScalingEvents;
import io.scalable.client.run.WorkerCounts;
import io.scalable.contracts.Json;
import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.task.TaskState;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerFailed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunReportTest {

    @Test
    void workersAndScalingEventsComeFirst() {
        assertThat(report().toText())
                .startsWith(
                        """
                        Workers:
                          forecast: 2 started, 1 removed, 1 final
                          postprocess: 1 started, 0 removed, 0 final, 1 failed
                        Scaling events: 3 scale-up, 1 scale-down

                        Run 20260131-142501-x7k2p (energy on local): failed after 12.5 s
                        Tasks: 3 succeeded, 2 failed
                        Warning: no maximum
                        Predicted 11.2 s from the first task queued to the end, took 12.0 s
                        """);
    }

    @Test
    void durationsFailuresAndDecisionsFollow() {
        assertThat(report().toText())
                .contains("  forecast  3 x, p50 0.250 s, p95 1.5 s, max 2.0 s")
                .contains("  forecast: IllegalStateException: boom")
                .contains(
                        "    user error, 3 attempts, 2 tasks failed for good, first run/forecast/1")
                .contains("    log: /logs/1.err")
                .contains("  p1: start failure: no such image")
                .contains("    last words:\n")
                .contains("      not found")
                .contains("  +0.000 s  forecast  0 -> 2  300 tasks wait [max_workers]");
    }

    @Test
    void failuresWithTheSameCauseAreOneGroup() {
        List<FailureGroup> groups =
                FailureGroup.of(
                        List.of(
                                failed(1, 1, false, "boom", null),
                                failed(1, 2, true, "boom", "/logs/1.err"),
                                failed(2, 1, true, "bang", null),
                                failed(3, 1, true, "boom", null)));

        assertThat(groups)
                .extracting(FailureGroup::message, FailureGroup::attempts, FailureGroup::tasks)
                .containsExactly(tuple("boom", 3, 2), tuple("bang", 1, 1));
    }

    @Test
    void jsonHasTheSameNumbers() throws Exception {
        var json = Json.mapper().readTree(report().toJson());

        assertThat(json.at("/summary/workers/forecast/started").asInt()).isEqualTo(2);
        assertThat(json.at("/summary/workers/forecast/final").asInt()).isEqualTo(1);
        assertThat(json.at("/summary/scaling/scale_up").asInt()).isEqualTo(3);
        assertThat(json.at("/summary/tasks/SUCCEEDED").asInt()).isEqualTo(3);
        assertThat(json.at("/failures/0/attempts").asInt()).isEqualTo(3);
        assertThat(json.at("/decisions/0/to").asInt()).isEqualTo(2);
        assertThat(json.at("/worker_failures/0/type").asText()).isEqualTo("WorkerFailed");
    }

    private static RunReport report() {
        var info =
                new RunInfo(
                        Samples.RUN,
                        "energy",
                        "local",
                        "local",
                        Samples.START,
                        Samples.START.plusMillis(12_500),
                        RunState.FAILED,
                        "broker:9092",
                        null);
        var tasks = new LinkedHashMap<TaskState, Integer>();
        tasks.put(TaskState.SUCCEEDED, 3);
        tasks.put(TaskState.FAILED, 2);
        var workers = new LinkedHashMap<String, WorkerCounts>();
        workers.put("forecast", new WorkerCounts(2, 1, 0, 1));
        workers.put("postprocess", new WorkerCounts(1, 0, 1, 0));
        var summary =
                new RunSummary(
                        info,
                        12.5,
                        tasks,
                        workers,
                        new ScalingEvents(3, 1),
                        Map.of("forecast", new Durations(3, 0.25, 1.5, 2)),
                        3,
                        new RunCost(
                                "USD",
                                "2026-01-31",
                                0.5,
                                0.45,
                                Map.of("forecast", new RunCost.PoolCost(1.25, 0.5))));
        var group =
                new FailureGroup(
                        "forecast",
                        FailureClass.USER_ERROR,
                        "IllegalStateException",
                        "boom\nmore",
                        3,
                        2,
                        "run/forecast/1",
                        "/logs/1.err");
        return new RunReport(
                summary,
                List.of(group),
                List.of(
                        new WorkerFailed(
                                Samples.RUN,
                                "postprocess",
                                "p1",
                                FailureClass.START_FAILURE,
                                "no such image",
                                "pulling\nnot found\n",
                                Samples.START)),
                List.of(new Decision(0, 1, "forecast", 0, 2, "300 tasks wait", "max_workers")),
                List.of("no maximum"),
                new Prediction(11.2, 12.0));
    }

    private static FailureRecord failed(
            int index, int attempt, boolean gaveUp, String message, String log) {
        return new FailureRecord(
                "run/forecast/" + index,
                "forecast",
                "forecast",
                index,
                attempt,
                gaveUp,
                null,
                new Failure(FailureClass.USER_ERROR, "IllegalStateException", message, null),
                log);
    }
}
