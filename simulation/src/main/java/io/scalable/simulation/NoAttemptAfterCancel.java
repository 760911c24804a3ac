package io.scalable.simulation;

import io.scalable.contracts.task.TaskCommand.CancelTask;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.task.TaskState;
import io.scalable.contracts.worker.Assignment.LeaseGranted;
import io.scalable.dispatcher.domain.Decision;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Once it is written that a task was cancelled, or the dispatcher has had to read that it shall be,
 * nobody is given it.
 */
final class NoAttemptAfterCancel implements Invariant {

    private final Set<String> submitted = new HashSet<>();
    private final Map<String, Long> cancelledAt = new HashMap<>();

    @Override
    public void appended(World world, Log.Entry record) {
        if (record.value() instanceof SubmitTask task) {
            submitted.add(task.taskId());
        }
        // What nobody has submitted cannot be cancelled.
        if (record.value() instanceof CancelTask cancel && submitted.contains(cancel.taskId())) {
            cancelledAt.putIfAbsent(cancel.taskId(), record.at());
        }
    }

    @Override
    public void decided(World world, Decision decision) {
        for (Decision.Addressed addressed : decision.assignments()) {
            if (addressed.assignment() instanceof LeaseGranted lease) {
                TaskResult accepted = world.accepted(lease.taskId());
                boolean cancelled = accepted != null && accepted.state() == TaskState.CANCELLED;
                long asked = cancelledAt.getOrDefault(lease.taskId(), Long.MAX_VALUE);
                if (cancelled || asked < world.dispatcher.knowsUpTo()) {
                    throw broken(lease.taskId() + " is leased to " + lease.workerId());
                }
            }
        }
    }
}
