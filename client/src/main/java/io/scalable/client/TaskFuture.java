package io.scalable.client;

import io.scalable.contracts.task.TaskEvent;
import io.scalable.contracts.task.TaskFold;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.task.TaskState;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A submitted task and, once it has ended, its result. Thread-safe.
 *
 * @param <R> the result
 */
public final class TaskFuture<R> {

    private final String taskId;
    private final String task;
    private final Runnable canceller;
    private final Runnable follower;
    private final CompletableFuture<R> result = new CompletableFuture<>();
    private volatile @Nullable TaskFold fold;
    private volatile @Nullable TaskState end;
    private volatile @Nullable TaskEnd ending;

    /**
     * @param canceller asks for the task to be stopped
     * @param follower asks for the task's events, of which there are several
     */
    TaskFuture(String taskId, String task, Runnable canceller, Runnable follower) {
        this.taskId = taskId;
        this.task = task;
        this.canceller = canceller;
        this.follower = follower;
    }

    /** Unique within all deployments. */
    public String taskId() {
        return taskId;
    }

    /** The name that its durations are reported by. */
    public String task() {
        return task;
    }

    /**
     * The result, waited for.
     *
     * @throws TaskFailedException if the task failed for good
     * @throws CancellationException if it was cancelled
     */
    public R get() throws InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw unwrapped(e);
        }
    }

    /**
     * The result, waited for at most {@code patience}. The task goes on when the wait is over.
     *
     * @throws TimeoutException if it has not ended by then
     * @throws TaskFailedException if the task failed for good
     * @throws CancellationException if it was cancelled
     */
    public R get(Duration patience) throws InterruptedException, TimeoutException {
        try {
            return result.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw unwrapped(e);
        } catch (TimeoutException e) {
            var late =
                    new TimeoutException(
                            taskId + " has not ended within " + patience + "; it is " + state());
            late.initCause(e);
            throw late;
        }
    }

    /**
     * Asks for the task to be stopped. Whether it was, its end says: a task that ended first keeps
     * its result.
     *
     * @return false if it had ended already
     */
    public boolean cancel() {
        if (isDone()) {
            return false;
        }
        canceller.run();
        return true;
    }

    /** True once it has ended and its result, if any, is here. */
    public boolean isDone() {
        return result.isDone();
    }

    /**
     * Where the task is, as far as was heard. What happens before a task's end is listened to from
     * the first such question on.
     */
    public TaskState state() {
        TaskState known = end;
        TaskFold heard = fold;
        if (known == null) {
            follower.run();
        }
        return known != null ? known : heard == null ? TaskState.QUEUED : heard.state();
    }

    /** Attempts, duration and worker of a task that has ended; empty before. */
    public Optional<TaskEnd> end() {
        return Optional.ofNullable(ending);
    }

    /** For composition; it completes on a thread of its own. Cancelling it changes nothing here. */
    public CompletionStage<R> completionStage() {
        return result.minimalCompletionStage();
    }

    CompletableFuture<R> result() {
        return result;
    }

    void moved(TaskEvent.OfTask event) {
        fold = TaskFold.after(fold, event);
    }

    void ended(TaskResult how) {
        ending = TaskEnd.of(how);
        end = how.state();
    }

    private static RuntimeException unwrapped(ExecutionException e) {
        Throwable cause = e.getCause();
        return cause instanceof RuntimeException known
                ? known
                : new IllegalStateException("the result cannot be had: " + cause, cause);
    }

    @Override
    public String toString() {
        return taskId + " (" + state() + ")";
    }
}
