package io.scalable.simulation;

import io.scalable.contracts.worker.Assignment.LeaseGranted;
import io.scalable.dispatcher.domain.Decision;
import io.scalable.dispatcher.domain.Row;
import io.scalable.dispatcher.domain.WorkerEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * While its deployment lives, a worker that runs an attempt is not ended by its provider, and one
 * that drains is given nothing more.
 */
final class ScaleInKillsNoBusyWorker implements Invariant {

    private final Map<String, WorkerEntry.Phase> phases = new HashMap<>();

    private int starts;

    @Override
    public void decided(World world, Decision decision) {
        if (starts != world.dispatcher.starts()) {
            // What the dispatcher before knew last may be lost.
            starts = world.dispatcher.starts();
            phases.clear();
        }
        for (Optional<Row> row : decision.rows().values()) {
            if (row.isPresent() && row.get() instanceof WorkerEntry worker) {
                phases.put(worker.workerId(), worker.phase());
            }
        }
        for (Decision.Addressed addressed : decision.assignments()) {
            if (addressed.assignment() instanceof LeaseGranted lease) {
                WorkerEntry.Phase phase = phases.get(lease.workerId());
                if (phase != null && phase != WorkerEntry.Phase.READY) {
                    throw broken(
                            lease.taskId() + " is leased to " + phase + " " + lease.workerId());
                }
            }
        }
    }

    @Override
    public void ending(World world, PlayedBackend.Job job) {
        PlayedWorker worker = job.worker;
        if (!world.ended() && !world.backend.lied() && worker != null && worker.busy()) {
            throw broken("the provider ends " + job.id() + ", which is busy");
        }
    }
}
