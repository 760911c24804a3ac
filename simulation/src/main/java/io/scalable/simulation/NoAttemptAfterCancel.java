package io.scalable.simulation;

import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.task.TaskState;
import io.scalable.contracts.worker.Assignment.LeaseGranted;
import io.scalable.dispatcher.domain.Decision;

/** Once it is written that a task was cancelled, nobody is given it. */
final class NoAttemptAfterCancel implements Invariant {

    @Override
    public void decided(World world, Decision decision) {
        for (Decision.Addressed addressed : decision.assignments()) {
            if (addressed.assignment() instanceof LeaseGranted lease) {
                TaskResult accepted = world.accepted(lease.taskId());
                if (accepted != null && accepted.state() == TaskState.CANCELLED) {
                    throw broken(lease.taskId() + " is leased to " + lease.workerId());
                }
            }
        }
    }
}
