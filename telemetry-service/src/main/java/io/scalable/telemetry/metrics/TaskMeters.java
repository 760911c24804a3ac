package io.scalable.telemetry.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.scalable.contracts.task.TaskEvent;
import io.scalable.contracts.task.TaskEvent.TaskQueued;
import io.scalable.contracts.task.TaskEvent.TaskStarted;
import io.scalable.contracts.task.TaskEvent.TaskSucceeded;
import io.scalable.contracts.task.TaskEvent.WorkerLost;
import io.scalable.telemetry.domain.FailedAttempt;
import java.time.Duration;
import java.time.Instant;

/** What becomes of tasks: how many, how long they wait and run. */
final class TaskMeters {

    private final MeterRegistry registry;
    private final Moments queued = new Moments();

    TaskMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void count(TaskEvent event) {
        switch (event) {
            case WorkerLost lost -> count(lost, lost.component());
            case TaskEvent.OfTask task -> {
                count(task, task.component());
                time(task);
                FailedAttempt.in(task).ifPresent(failed -> count(failed, task.component()));
            }
        }
    }

    private void count(TaskEvent event, String component) {
        registry.counter(
                        "scalable.task.events",
                        "component",
                        component,
                        "type",
                        event.getClass().getSimpleName())
                .increment();
    }

    private void count(FailedAttempt failed, String component) {
        registry.counter(
                        "scalable.task.failures",
                        "component",
                        component,
                        "class",
                        failed.failure().failureClass().name())
                .increment();
    }

    private void time(TaskEvent.OfTask event) {
        switch (event) {
            case TaskQueued e -> queued.put(e.taskId(), e.at());
            case TaskStarted e -> {
                Instant since = queued.take(e.taskId());
                if (since != null) {
                    Latency.timer(registry, "scalable.task.wait", e.component())
                            .record(Latency.between(since, e.at()));
                }
            }
            case TaskSucceeded e ->
                    Latency.timer(registry, "scalable.task.duration", e.component())
                            .record(Duration.ofNanos((long) (e.durationSeconds() * 1e9)));
            default -> {
                // Nothing to time.
            }
        }
        if (event.terminal()) {
            Instant unused = queued.take(event.taskId());
        }
    }
}
