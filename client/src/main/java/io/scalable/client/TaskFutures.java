package io.scalable.client;

import com.fasterxml.jackson.databind.JavaType;
import io.scalable.client.run.RunException;
import io.scalable.client.run.RunListener;
import io.scalable.contracts.Json;
import io.scalable.contracts.Payload;
import io.scalable.contracts.storage.Payloads;
import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.task.TaskEvent;
import io.scalable.contracts.task.TaskResult;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The futures of the tasks that have not ended, completed as a run's listener. Results are read and
 * futures completed on threads of their own, so that what users hang onto them holds up nothing.
 */
final class TaskFutures implements RunListener {

    private record Open<R>(TaskFuture<R> future, JavaType type) {}

    private final Payloads payloads;
    private final Map<String, Open<?>> open = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile @Nullable RunException problem;

    TaskFutures(URI storage) {
        this.payloads = Payloads.at(storage);
    }

    /** Registers a future before its task is submitted. */
    void add(TaskFuture<?> future, TaskMethod method) {
        var type = Json.mapper().constructType(method.resultType());
        open.put(future.taskId(), new Open<>(future, type));
        RunException known = problem;
        if (known != null) {
            fail(known);
        }
    }

    /** Takes back a future whose task could not be submitted. */
    void remove(TaskFuture<?> future) {
        open.remove(future.taskId());
    }

    @Override
    public void taskMoved(TaskEvent.OfTask event) {
        Open<?> task = open.get(event.taskId());
        if (task != null) {
            task.future().moved(event);
        }
    }

    @Override
    public void taskEnded(TaskResult result) {
        Open<?> task = open.remove(result.taskId());
        if (task != null) {
            task.future().ended(result);
            threads.execute(() -> complete(task, result));
        }
    }

    /** The run cannot go on: nobody waits in vain. */
    @Override
    public void problem(String text) {
        var why = new RunException(text, null);
        problem = why;
        fail(why);
    }

    private void fail(RunException why) {
        for (String id : List.copyOf(open.keySet())) {
            Open<?> task = open.remove(id);
            if (task != null) {
                threads.execute(() -> task.future().result().completeExceptionally(why));
            }
        }
    }

    private <R> void complete(Open<R> task, TaskResult result) {
        var future = task.future().result();
        switch (result.state()) {
            case SUCCEEDED -> succeed(task, result);
            case CANCELLED ->
                    future.completeExceptionally(
                            new CancellationException(
                                    result.taskId() + " was cancelled: " + result.reason()));
            default ->
                    future.completeExceptionally(
                            new TaskFailedException(result.taskId(), failure(result)));
        }
    }

    private <R> void succeed(Open<R> task, TaskResult result) {
        Payload payload = result.result();
        try {
            var json = payloads.read(payload == null ? Payload.none() : payload);
            R value = Json.mapper().readerFor(task.type()).readValue(json);
            task.future().result().complete(value);
        } catch (IOException | RuntimeException e) {
            task.future()
                    .result()
                    .completeExceptionally(
                            new IllegalStateException(
                                    "the result of "
                                            + result.taskId()
                                            + " cannot be read as "
                                            + task.type().toCanonical()
                                            + ": "
                                            + e.getMessage(),
                                    e));
        }
    }

    private static Failure failure(TaskResult result) {
        return result.failures().isEmpty()
                ? new Failure(
                        FailureClass.USER_ERROR,
                        result.state().name(),
                        result.reason() == null ? "no reason is known" : result.reason(),
                        null)
                : result.failures().getLast();
    }
}
