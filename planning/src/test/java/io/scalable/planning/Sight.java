package io.scalable.planning;

import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.contracts.scaling.PoolObservation.IdleWorker;
import io.scalable.contracts.scaling.PoolObservation.StartingWorker;
import io.scalable.contracts.scaling.PoolObservation.TaskCounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** What the dispatcher of the simulated world sees of a pool. */
final class Sight {

    private Sight() {}

    static PoolObservation of(
            String pool,
            List<SimWorker> mine,
            List<SimTask> work,
            List<Double> completed,
            List<Double> started,
            double now) {
        return new PoolObservation(
                pool,
                count(work, SimTask.State.READY),
                count(work, SimTask.State.BLOCKED),
                (int) mine.stream().filter(w -> !w.draining).count(),
                (int) mine.stream().filter(w -> w.draining).count(),
                work.stream()
                        .filter(t -> t.state == SimTask.State.RUNNING)
                        .map(t -> now - t.begunAt)
                        .toList(),
                mine.stream()
                        .filter(w -> w.ready && !w.draining && w.running.isEmpty())
                        .map(w -> new IdleWorker(w.id, now - w.idleSince, now - w.requestedAt))
                        .toList(),
                mine.stream()
                        .filter(w -> !w.ready)
                        .map(w -> new StartingWorker(w.id, now - w.requestedAt))
                        .toList(),
                completed,
                started,
                counts(work));
    }

    private static List<TaskCounts> counts(List<SimTask> work) {
        var groups = new LinkedHashMap<String, List<SimTask>>();
        work.forEach(t -> groups.computeIfAbsent(t.group, g -> new ArrayList<>()).add(t));
        var counts = new ArrayList<TaskCounts>();
        groups.forEach(
                (group, all) ->
                        counts.add(
                                new TaskCounts(
                                        group,
                                        count(all, SimTask.State.BLOCKED),
                                        count(all, SimTask.State.READY),
                                        0,
                                        count(all, SimTask.State.RUNNING),
                                        count(all, SimTask.State.DONE),
                                        0,
                                        0)));
        return counts;
    }

    private static int count(List<SimTask> tasks, SimTask.State state) {
        return (int) tasks.stream().filter(t -> t.state == state).count();
    }
}
