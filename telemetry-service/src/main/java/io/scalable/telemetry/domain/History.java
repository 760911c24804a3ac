package io.scalable.telemetry.domain;

import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.TaskEvent;
import io.scalable.contracts.task.TaskEvent.WorkerLost;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The part of all history that a batch of records touches: filled with what is known of it, then
 * folded record by record. Not thread-safe.
 */
public final class History {

    /** The name of a thing within its deployment: a task's or worker's id, an event's id. */
    public record Key(String deploymentId, String id) {}

    private final Map<String, DeploymentHistory> deployments = new LinkedHashMap<>();
    private final Map<Key, TaskHistory> tasks = new LinkedHashMap<>();
    private final Map<Key, WorkerHistory> workers = new LinkedHashMap<>();
    private final Map<Key, FailedAttempt> failures = new LinkedHashMap<>();
    private final Map<Key, ScalePlan> decisions = new LinkedHashMap<>();
    private final Map<Key, ComponentHistory> components = new LinkedHashMap<>();
    private final Map<Moment, PoolSample> samples = new LinkedHashMap<>();

    private record Moment(Key pool, Instant at) {}

    /** What is known of a deployment before the batch. */
    public void know(DeploymentHistory deployment) {
        deployments.put(deployment.deploymentId(), deployment);
    }

    /** What is known of a task before the batch. */
    public void know(TaskHistory task) {
        tasks.put(new Key(task.deploymentId(), task.taskId()), task);
    }

    /** What is known of a worker before the batch. */
    public void know(WorkerHistory worker) {
        workers.put(new Key(worker.deploymentId(), worker.workerId()), worker);
    }

    /** Folds {@code events}, in order. */
    public void apply(List<HistoryEvent> events) {
        events.forEach(this::apply);
    }

    private void apply(HistoryEvent event) {
        switch (event) {
            case HistoryEvent.Published e -> {
                know(DeploymentHistory.of(e.spec()));
                for (ComponentHistory c : ComponentHistory.of(e.spec())) {
                    components.put(new Key(c.deploymentId(), c.component()), c);
                }
            }
            case HistoryEvent.Ended e ->
                    deployments.computeIfPresent(e.deploymentId(), (_, d) -> d.ended(e.at()));
            case HistoryEvent.OfTask e -> apply(e.event());
            case HistoryEvent.OfWorker e ->
                    workers.compute(
                            new Key(e.event().deploymentId(), e.event().workerId()),
                            (_, before) -> WorkerHistory.after(before, e.event()));
            case HistoryEvent.Planned e ->
                    decisions.put(
                            new Key(e.plan().deploymentId(), Long.toString(e.plan().generation())),
                            e.plan());
            case HistoryEvent.Demanded e -> {
                for (PoolSample s : PoolSample.of(e.demand())) {
                    samples.put(new Moment(new Key(s.deploymentId(), s.component()), s.at()), s);
                }
            }
            case HistoryEvent.Refused _ -> {
                // Counted, not kept: the topic keeps it.
            }
        }
    }

    private void apply(TaskEvent event) {
        switch (event) {
            case WorkerLost lost ->
                    workers.compute(
                            new Key(lost.deploymentId(), lost.workerId()),
                            (_, before) -> WorkerHistory.after(before, lost));
            case TaskEvent.OfTask of -> {
                tasks.compute(
                        new Key(of.deploymentId(), of.taskId()),
                        (_, before) -> TaskHistory.after(before, of));
                FailedAttempt.in(of)
                        .ifPresent(f -> failures.put(new Key(f.deploymentId(), f.eventId()), f));
            }
        }
    }

    public List<DeploymentHistory> deployments() {
        return List.copyOf(deployments.values());
    }

    public List<TaskHistory> tasks() {
        return List.copyOf(tasks.values());
    }

    public List<WorkerHistory> workers() {
        return List.copyOf(workers.values());
    }

    public List<FailedAttempt> failures() {
        return List.copyOf(failures.values());
    }

    public List<ScalePlan> decisions() {
        return List.copyOf(decisions.values());
    }

    public List<ComponentHistory> components() {
        return List.copyOf(components.values());
    }

    public List<PoolSample> samples() {
        return List.copyOf(samples.values());
    }
}
