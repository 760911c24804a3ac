package io.scalable.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;

/** Waits for many tasks. */
final class Completions {

    private Completions() {}

    /** How each task ended, in the tasks' order; waits for all. */
    static <R> List<TaskOutcome<R>> outcomes(Collection<TaskFuture<R>> tasks)
            throws InterruptedException {
        var outcomes = new ArrayList<TaskOutcome<R>>(tasks.size());
        for (TaskFuture<R> task : tasks) {
            try {
                outcomes.add(new TaskOutcome.Succeeded<>(task.get()));
            } catch (RuntimeException e) {
                outcomes.add(new TaskOutcome.Failed<>(e));
            }
        }
        return outcomes;
    }

    /** The tasks in the order in which they end; each next one is waited for. */
    static <R> Stream<TaskFuture<R>> inOrder(Collection<TaskFuture<R>> tasks) {
        var ended = new LinkedBlockingQueue<TaskFuture<R>>();
        for (TaskFuture<R> task : tasks) {
            var _ = task.result().whenComplete((_, _) -> ended.add(task));
        }
        return Stream.generate(() -> next(ended)).limit(tasks.size());
    }

    private static <R> TaskFuture<R> next(LinkedBlockingQueue<TaskFuture<R>> ended) {
        try {
            return ended.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var interrupted = new CancellationException("interrupted while tasks were waited for");
            interrupted.initCause(e);
            throw interrupted;
        }
    }
}
