package io.scalable.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.client.SampleTasks.Answer;
import io.scalable.client.SampleTasks.Item;
import io.scalable.client.run.RunException;
import io.scalable.contracts.Json;
import io.scalable.contracts.Payload;
import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.task.TaskEvent.TaskStarted;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.task.TaskState;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class TaskFuturesTest {

    private static final Instant NOW = Instant.parse("2026-01-31T14:25:01Z");
    private static final Failure BOOM =
            new Failure(
                    FailureClass.USER_ERROR,
                    "java.lang.IllegalStateException",
                    "boom",
                    "java.lang.IllegalStateException: boom\n"
                            + "\tat energy.Forecast.fit(Forecast.java:7)\n");

    private final TaskFutures futures = new TaskFutures(URI.create("file:///nowhere/"));
    private final AtomicInteger cancelled = new AtomicInteger();

    @Test
    void aResultBecomesTheMethodsReturnType() throws Exception {
        ContextTaskFunction<Item, List<Answer>> function = SampleTasks::answers;
        TaskFuture<List<Answer>> future = open(TaskMethod.of(function));

        end(TaskState.SUCCEEDED, "[{\"text\": \"a\", \"numbers\": [1, 2]}]");

        assertThat(future.get()).containsExactly(new Answer("a", List.of(1, 2)));
        assertThat(future.isDone()).isTrue();
        assertThat(future.state()).isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    void aFailedTaskGivesTypeMessageAndTheWorkersStack() {
        TaskFuture<Answer> future = open();

        futures.taskEnded(result(TaskState.FAILED, null, BOOM));

        assertThatThrownBy(future::get)
                .isInstanceOfSatisfying(
                        TaskFailedException.class,
                        e -> {
                            assertThat(e.type()).isEqualTo("java.lang.IllegalStateException");
                            assertThat(e.failureMessage()).isEqualTo("boom");
                            assertThat(e.failureClass()).isEqualTo(FailureClass.USER_ERROR);
                            assertThat(e.workerStack()).contains("Forecast.java:7");
                            assertThat(e).hasMessageContaining("run/answer/0 failed");
                            assertThat(printed(e))
                                    .contains("Caused by: on the worker: java.lang")
                                    .contains("\tat energy.Forecast.fit(Forecast.java:7)");
                        });
    }

    @Test
    void aCancelledTaskIsCancelledForItsCaller() {
        TaskFuture<Answer> future = open();
        assertThat(future.cancel()).isTrue();
        assertThat(cancelled).hasValue(1);
        assertThat(future.isDone()).isFalse();

        end(TaskState.CANCELLED, null);

        assertThatThrownBy(future::get).isInstanceOf(CancellationException.class);
        assertThat(future.cancel()).isFalse();
        assertThat(cancelled).hasValue(1);
    }

    @Test
    void aWaitEndsAfterItsTimeAndTheTaskGoesOn() throws Exception {
        TaskFuture<Answer> future = open();
        futures.taskMoved(
                new TaskStarted("run", "run/answer/0", "answer", "forecast", 1, "w1", NOW));

        assertThatThrownBy(() -> future.get(Duration.ofMillis(10)))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("run/answer/0 has not ended")
                .hasMessageContaining("RUNNING");

        end(TaskState.SUCCEEDED, "{\"text\": \"a\", \"numbers\": []}");
        assertThat(future.get().text()).isEqualTo("a");
    }

    @Test
    void aResultOfAnotherShapeIsNamed() {
        TaskFuture<Answer> future = open();

        end(TaskState.SUCCEEDED, "[1]");

        assertThatThrownBy(future::get)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the result of run/answer/0 cannot be read as")
                .hasMessageContaining("Answer");
    }

    @Test
    void nobodyWaitsInVainWhenTheRunCannotGoOn() {
        TaskFuture<Answer> before = open();

        futures.problem("the broker is gone");

        assertThatThrownBy(before::get)
                .isInstanceOf(RunException.class)
                .hasMessage("the broker is gone");
        assertThatThrownBy(open()::get).hasMessage("the broker is gone");
    }

    private TaskFuture<Answer> open() {
        TaskFunction<Item, Answer> function = SampleTasks::answer;
        return open(TaskMethod.of(function));
    }

    private <R> TaskFuture<R> open(TaskMethod method) {
        var future =
                new TaskFuture<R>("run/answer/0", "answer", cancelled::incrementAndGet, () -> {});
        futures.add(future, method);
        return future;
    }

    private void end(TaskState state, String json) {
        futures.taskEnded(result(state, json, null));
    }

    private static TaskResult result(TaskState state, String json, Failure failure) {
        return new TaskResult(
                "run",
                "run/answer/0",
                "answer",
                "forecast",
                0,
                state,
                1,
                "w1",
                json == null ? null : Payload.of(read(json)),
                failure == null ? List.of() : List.of(failure),
                "asked",
                NOW,
                NOW,
                NOW,
                1.0);
    }

    private static JsonNode read(String json) {
        try {
            return Json.mapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String printed(Exception e) {
        var out = new StringWriter();
        e.printStackTrace(new PrintWriter(out));
        return out.toString();
    }
}
