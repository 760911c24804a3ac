package io.scalable.telemetry.domain;

import io.scalable.contracts.scaling.PoolDemand.MissingNeed;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.TaskEvent;
import io.scalable.contracts.task.TaskEvent.WorkerLost;
import io.scalable.contracts.task.TaskHistory;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The part of all history that a batch of records touches: filled with what is known of it, then
 * folded record by record. Not thread-safe.
 */
public final class History {

    /** The name of a thing within its deployment: a task's or worker's id, an event's id. */
    public record Key(String deploymentId, String id) {}

    private final Map<String, DeploymentHistory> deployments = new LinkedHashMap<>();
    private final Map<Key, TaskHistory> tasks = new LinkedHashMap<>();
    private final Map<Key, TaskHistory> tasksBefore = new HashMap<>();
    private final Map<Key, WorkerHistory> workers = new LinkedHashMap<>();
    private final Map<Key, FailedAttempt> failures = new LinkedHashMap<>();
    private final Map<Key, ScalePlan> decisions = new LinkedHashMap<>();
    private final Map<Key, ComponentHistory> components = new LinkedHashMap<>();
    private final Map<Moment, PoolSample> samples = new LinkedHashMap<>();

    private final Map<Key, SetAside> setAside = new LinkedHashMap<>();
    private final Set<Key> released = new LinkedHashSet<>();
    private final Map<String, ProviderHost> providerHosts = new LinkedHashMap<>();
    private final Map<String, List<MissingNeed>> missing = new LinkedHashMap<>();
    private final Set<String> restarted = new LinkedHashSet<>();

    private record Moment(Key pool, Instant at) {}

    /** What is known of a deployment before the batch. */
    public void know(DeploymentHistory deployment) {
        deployments.put(deployment.deploymentId(), deployment);
    }

    /** What is known of a task before the batch. */
    public void know(TaskHistory task) {
        var key = new Key(task.deploymentId(), task.taskId());
        tasks.put(key, task);
        tasksBefore.put(key, task);
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
                DeploymentHistory before = deployments.get(e.spec().deploymentId());
                if (before != null && before.restartedBy(e.spec())) {
                    restart(e.spec().deploymentId());
                }
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
                missing.put(e.demand().deploymentId(), e.demand().missing());
                for (PoolSample s : PoolSample.of(e.demand())) {
                    samples.put(new Moment(new Key(s.deploymentId(), s.component()), s.at()), s);
                }
            }
            case HistoryEvent.Refused _ -> {
                // Counted, not kept: the topic keeps it.
            }
            case HistoryEvent.SetAside e -> {
                Key key = new Key(e.what().deploymentId(), e.what().service());
                released.remove(key);
                setAside.put(key, e.what());
            }
            case HistoryEvent.Released e -> {
                Key key = new Key(e.deploymentId(), e.service());
                setAside.remove(key);
                released.add(key);
            }
            case HistoryEvent.HostHeard e -> providerHosts.put(e.host().hostId(), e.host());
        }
    }

    /** Forgets the life before: the same ids mean other tasks from now on. */
    private void restart(String id) {
        restarted.add(id);
        deployments.remove(id);
        missing.remove(id);
        for (Map<Key, ?> things :
                List.of(tasks, tasksBefore, workers, failures, decisions, components, setAside)) {
            things.keySet().removeIf(key -> key.deploymentId().equals(id));
        }
        samples.keySet().removeIf(moment -> moment.pool().deploymentId().equals(id));
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

    /** Deployments that began another life: what is stored of the one before is to go first. */
    public Set<String> restarted() {
        return Collections.unmodifiableSet(restarted);
    }

    /** What tasks of a deployment wait for and nobody has submitted: all of it, perhaps nothing. */
    public Map<String, List<MissingNeed>> missing() {
        return Collections.unmodifiableMap(missing);
    }

    public List<SetAside> setAside() {
        return List.copyOf(setAside.values());
    }

    /** Deployments that services process again; the id is the service's name. */
    public Set<Key> released() {
        return Collections.unmodifiableSet(released);
    }

    public List<ProviderHost> providerHosts() {
        return List.copyOf(providerHosts.values());
    }

    public List<DeploymentHistory> deployments() {
        return List.copyOf(deployments.values());
    }

    /** The tasks that nothing was known of before the batch. */
    public List<TaskHistory> newTasks() {
        return tasks.entrySet().stream()
                .filter(task -> !tasksBefore.containsKey(task.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** The tasks that were known before the batch, and are otherwise now. */
    public List<TaskHistory> changedTasks() {
        return tasks.entrySet().stream()
                .filter(
                        task -> {
                            TaskHistory before = tasksBefore.get(task.getKey());
                            return before != null && !before.equals(task.getValue());
                        })
                .map(Map.Entry::getValue)
                .toList();
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
