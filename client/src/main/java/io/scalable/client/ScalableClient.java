package io.scalable.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.client.run.LiveRun;
import io.scalable.client.run.RunProgress;
import io.scalable.contracts.Ids;
import io.scalable.contracts.Json;
import io.scalable.contracts.Payload;
import io.scalable.contracts.Work;
import io.scalable.contracts.scaling.ScaleRequested;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Submits tasks to a deployment that a {@link ScalableSession} started. Thread-safe. Nothing here
 * waits for a worker but {@link #gather} and the futures.
 */
public final class ScalableClient implements AutoCloseable {

    /** Tasks of a {@code map} that are submitted at a time: the first run while others are made. */
    private static final int TOGETHER = 1_000;

    private final LiveRun run;
    private final TaskFutures futures;
    private final TaskHints hints;
    private final Map<String, AtomicInteger> indexes = new ConcurrentHashMap<>();

    ScalableClient(LiveRun run, TaskFutures futures, TaskHints hints) {
        this.run = run;
        this.futures = futures;
        this.hints = hints;
    }

    /**
     * Submits a task.
     *
     * @param function a method reference to a public static method annotated with {@link
     *     io.scalable.task.Task}
     * @param argument its argument; becomes JSON
     * @throws IllegalArgumentException if the function is no such reference, the argument cannot be
     *     JSON, or no component answers to the tag
     */
    public <A, R> TaskFuture<R> submit(
            TaskFunction<? super A, R> function, A argument, TaskOption... options) {
        return send(function, argument, List.of(), options);
    }

    /**
     * Submits a task that asks for its context; see {@link #submit(TaskFunction, Object,
     * TaskOption...)}.
     */
    public <A, R> TaskFuture<R> submit(
            ContextTaskFunction<? super A, R> function, A argument, TaskOption... options) {
        return send(function, argument, List.of(), options);
    }

    /**
     * Submits a task that starts when others have succeeded and receives their results, which need
     * not come here in between.
     *
     * @param needs the others, all of one task name; at least one
     */
    public <A, B, R> TaskFuture<R> submit(
            GatherFunction<? super A, B, R> function,
            A argument,
            List<TaskFuture<B>> needs,
            TaskOption... options) {
        return send(function, argument, ids(needs), options);
    }

    /** The same for a task that asks for its context. */
    public <A, B, R> TaskFuture<R> submit(
            ContextGatherFunction<? super A, B, R> function,
            A argument,
            List<TaskFuture<B>> needs,
            TaskOption... options) {
        return send(function, argument, ids(needs), options);
    }

    /** Submits a task for each argument; the futures are in the arguments' order. */
    public <A, R> List<TaskFuture<R>> map(
            TaskFunction<? super A, R> function,
            Iterable<? extends A> arguments,
            TaskOption... options) {
        TaskMethod method = TaskMethod.of(function);
        TaskSettings settings = TaskSettings.of(options);
        var out = new ArrayList<TaskFuture<R>>();
        var chunk = new ArrayList<SubmitTask>();
        for (A argument : arguments) {
            chunk.add(task(method, argument, List.of(), settings));
            if (chunk.size() == TOGETHER) {
                out.addAll(send(method, chunk));
                chunk.clear();
            }
        }
        out.addAll(send(method, chunk));
        return out;
    }

    /**
     * The results of all, in the futures' order. Ends with the first failure that happens, without
     * waiting for the others.
     *
     * @throws TaskFailedException if a task failed for good
     * @throws java.util.concurrent.CancellationException if one was cancelled
     */
    public <R> List<R> gather(List<TaskFuture<R>> tasks) throws InterruptedException {
        var failed = new CompletableFuture<@Nullable Void>();
        for (TaskFuture<R> task : tasks) {
            var _ =
                    task.result()
                            .whenComplete(
                                    (_, e) -> {
                                        if (e != null) {
                                            failed.completeExceptionally(e);
                                        }
                                    });
        }
        var all =
                CompletableFuture.allOf(
                        tasks.stream().map(TaskFuture::result).toArray(CompletableFuture[]::new));
        try {
            CompletableFuture.anyOf(all, failed).get();
        } catch (ExecutionException e) {
            throw unwrapped(e);
        }
        var out = new ArrayList<R>(tasks.size());
        for (TaskFuture<R> task : tasks) {
            out.add(task.get());
        }
        return out;
    }

    /**
     * How each ended, in the futures' order: failures are kept beside the results of the others.
     * Waits for all.
     */
    public <R> List<TaskOutcome<R>> gatherOutcomes(List<TaskFuture<R>> tasks)
            throws InterruptedException {
        return Completions.outcomes(tasks);
    }

    /**
     * The futures in the order in which their tasks end, whatever the end; each next one is waited
     * for. To be gone through once.
     *
     * @return a stream that throws {@link java.util.concurrent.CancellationException} where its
     *     reader is interrupted
     */
    public <R> Stream<TaskFuture<R>> asCompleted(List<TaskFuture<R>> tasks) {
        return Completions.inOrder(tasks);
    }

    /** How many workers of the component that answers to {@code tag} run now. */
    public int workerCount(String tag) {
        return run.workerCount(tag);
    }

    /** How far the deployment's tasks are. */
    public RunProgress progress() {
        return run.progress();
    }

    /** The deployment's id, also the run's. */
    public String runId() {
        return run.spec().deploymentId();
    }

    /** Where the run is recorded; complete once this is closed. */
    public Path runFolder() {
        return run.folder().path();
    }

    /**
     * Ends the deployment: stops what has not ended, waits for the workers to leave, completes the
     * run folder. Futures that are still open are cancelled.
     */
    @Override
    public void close() {
        run.close();
    }

    /**
     * Gives a pool back to the planner after {@link ScalableSession#apply} has set its count.
     *
     * @throws IllegalArgumentException if no component answers to {@code tag}
     */
    public void autoScale(String tag) {
        scale(tag, ScaleRequested.Mode.AUTO, 0, "given back to the planner");
    }

    void scale(String tag, ScaleRequested.Mode mode, int workers, String reason) {
        run.request(tag, mode, workers, reason);
    }

    private <R> TaskFuture<R> send(
            Serializable function,
            @Nullable Object argument,
            List<String> needs,
            TaskOption... options) {
        return send(TaskMethod.of(function), argument, needs, TaskSettings.of(options));
    }

    private <R> TaskFuture<R> send(
            TaskMethod method,
            @Nullable Object argument,
            List<String> needs,
            TaskSettings settings) {
        List<TaskFuture<R>> sent = send(method, List.of(task(method, argument, needs, settings)));
        return sent.getFirst();
    }

    private <R> List<TaskFuture<R>> send(TaskMethod method, List<SubmitTask> tasks) {
        List<TaskFuture<R>> added = tasks.stream().map(this::<R>future).toList();
        added.forEach(future -> futures.add(future, method));
        try {
            run.submit(tasks);
        } catch (RuntimeException e) {
            added.forEach(futures::remove);
            throw e;
        }
        return added;
    }

    private <R> TaskFuture<R> future(SubmitTask task) {
        return new TaskFuture<>(
                task.taskId(),
                task.task(),
                () -> run.cancel(task.taskId(), "its future was cancelled"),
                run::followTasks);
    }

    private SubmitTask task(
            TaskMethod method,
            @Nullable Object argument,
            List<String> needs,
            TaskSettings settings) {
        String given = settings.name();
        String name = given == null ? hints.name(method) : given;
        Payload input = Payload.of(json(argument));
        int index = indexes.computeIfAbsent(name, _ -> new AtomicInteger()).getAndIncrement();
        return new SubmitTask(
                run.spec().deploymentId(),
                Ids.taskId(run.spec().deploymentId(), name, index),
                name,
                hints.tag(method, settings.tag()),
                index,
                new Work.Handler(method.handler()),
                input,
                needs,
                settings.priority(),
                settings.retries(),
                settings.timeoutSeconds(),
                hints.expectSeconds(method));
    }

    private static JsonNode json(@Nullable Object argument) {
        try {
            return Json.mapper().valueToTree(argument);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the argument cannot be written as JSON: " + e.getMessage(), e);
        }
    }

    private static <B> List<String> ids(List<TaskFuture<B>> needs) {
        List<String> names = needs.stream().map(TaskFuture::task).distinct().toList();
        if (names.size() != 1) {
            throw new IllegalArgumentException(
                    "a task takes the results of one or more tasks of one name, found " + names);
        }
        return needs.stream().map(TaskFuture::taskId).toList();
    }

    private static RuntimeException unwrapped(ExecutionException e) {
        Throwable cause = e.getCause();
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof RuntimeException known
                ? known
                : new IllegalStateException("the results cannot be had: " + cause, cause);
    }
}
