package io.scalable.telemetry.domain;

import io.scalable.contracts.task.TaskEvent;
import io.scalable.contracts.task.TaskEvent.WorkerLost;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What must be known before a batch of records can be folded.
 *
 * @param deployments ids of deployments that begin or end
 * @param tasks tasks that something is said of
 * @param workers workers that something is said of
 * @param named all other ids and names that rows are kept by
 */
public record Touched(
        Set<String> deployments,
        Set<History.Key> tasks,
        Set<History.Key> workers,
        Set<String> named) {

    /** What {@code events} touch. */
    public static Touched by(List<HistoryEvent> events) {
        var touched =
                new Touched(
                        new LinkedHashSet<>(),
                        new LinkedHashSet<>(),
                        new LinkedHashSet<>(),
                        new LinkedHashSet<>());
        events.forEach(touched::add);
        return touched;
    }

    private void add(HistoryEvent event) {
        switch (event) {
            case HistoryEvent.Refused _ -> {}
            case HistoryEvent.Published e -> {
                deployments.add(e.spec().deploymentId());
                e.spec().components().forEach(c -> named.add(c.name()));
            }
            case HistoryEvent.Planned e -> {
                named.add(e.plan().deploymentId());
                e.plan().pools().forEach(p -> named.add(p.component()));
            }
            case HistoryEvent.Demanded e -> {
                named.add(e.demand().deploymentId());
                e.demand().pools().forEach(p -> named.add(p.pool()));
            }
            case HistoryEvent.SetAside e -> {
                named.add(e.what().deploymentId());
                named.add(e.what().service());
            }
            case HistoryEvent.Released e -> {
                named.add(e.deploymentId());
                named.add(e.service());
            }
            case HistoryEvent.HostHeard e -> named.add(e.host().hostId());
            case HistoryEvent.Ended e -> deployments.add(e.deploymentId());
            case HistoryEvent.OfWorker e ->
                    workers.add(new History.Key(e.event().deploymentId(), e.event().workerId()));
            case HistoryEvent.OfTask(WorkerLost e) ->
                    workers.add(new History.Key(e.deploymentId(), e.workerId()));
            case HistoryEvent.OfTask(TaskEvent.OfTask e) ->
                    tasks.add(new History.Key(e.deploymentId(), e.taskId()));
        }
    }
}
