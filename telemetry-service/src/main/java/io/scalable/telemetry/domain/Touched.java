package io.scalable.telemetry.domain;

import io.scalable.contracts.task.TaskEvent;
import io.scalable.contracts.task.TaskEvent.WorkerLost;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What must be known before a batch of records can be folded.
 *
 * @param deployments ids of deployments that end
 * @param tasks tasks that something is said of
 * @param workers workers that something is said of
 */
public record Touched(Set<String> deployments, Set<History.Key> tasks, Set<History.Key> workers) {

    /** What {@code events} touch. */
    public static Touched by(List<HistoryEvent> events) {
        var touched =
                new Touched(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
        events.forEach(touched::add);
        return touched;
    }

    private void add(HistoryEvent event) {
        switch (event) {
            case HistoryEvent.Published _,
                    HistoryEvent.Planned _,
                    HistoryEvent.Demanded _,
                    HistoryEvent.Refused _ -> {}
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
