package io.scalable.planning;

import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.contracts.scaling.PoolObservation.IdleWorker;
import io.scalable.contracts.scaling.PoolObservation.StartingWorker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A pool as it is once the plan in force is carried out: workers that it asks for and that nobody
 * has seen yet count as starting, those that it wants to go as gone.
 */
final class PlannedPool {

    private PlannedPool() {}

    static PoolObservation as(PoolObservation seen, int desired) {
        int missing = desired - seen.alive();
        if (missing == 0) {
            return seen;
        }
        List<StartingWorker> starting = new ArrayList<>(seen.starting());
        List<IdleWorker> idle = new ArrayList<>(seen.idle());
        for (int i = 0; i < missing; i++) {
            starting.add(new StartingWorker("", 0));
        }
        int going = leave(starting, -missing, Comparator.comparing(StartingWorker::ageSeconds));
        leave(idle, going, Comparator.comparing(IdleWorker::idleSeconds).reversed());
        return new PoolObservation(
                seen.pool(),
                seen.ready(),
                seen.blocked(),
                desired,
                seen.draining() + Math.max(0, -missing),
                seen.runningSeconds(),
                idle,
                starting,
                seen.completedSeconds(),
                seen.startedAfterSeconds(),
                seen.tasks());
    }

    /** Takes the first ones out; returns how many are still to go. */
    private static <W> int leave(List<W> workers, int count, Comparator<W> order) {
        if (count <= 0) {
            return 0;
        }
        workers.sort(order);
        int leaving = Math.min(count, workers.size());
        workers.subList(0, leaving).clear();
        return count - leaving;
    }
}
