package io.scalable.dispatcher.domain;

import io.scalable.contracts.task.TaskEvent.TaskCancelled;
import io.scalable.contracts.worker.Assignment.DrainRequested;

/** The end of a deployment: everybody is told, and all but one row goes. */
final class DeploymentEnd {

    private static final String REASON = "deployment ended";

    private DeploymentEnd() {}

    /** Says of the tasks that waited for the deployment that it was never published. */
    static void tellNeverPublished(Turn t) {
        Endings.tellPending(t);
        for (TaskEntry entry : t.state.tasks.all()) {
            if (!entry.over()) {
                t.emit(cancelled(t, entry, "its deployment was never published"));
            }
        }
    }

    private static TaskCancelled cancelled(Turn t, TaskEntry entry, String reason) {
        return new TaskCancelled(
                t.deploymentId,
                entry.taskId(),
                entry.task(),
                entry.component(),
                entry.attempt(),
                reason,
                t.now);
    }

    /** Ends it and returns the state that remains: that it has ended. */
    static DeploymentState end(Turn t) {
        Endings.tellPending(t);
        for (TaskEntry entry : t.state.tasks.all()) {
            if (!entry.over()) {
                Cancellations.revoke(t, entry);
                t.emit(cancelled(t, entry, REASON));
            }
        }
        for (WorkerEntry worker : t.state.workers.all()) {
            if (worker.listening()) {
                t.tell(worker, new DrainRequested(worker.workerId(), REASON));
            }
        }
        DeploymentEntry known = t.state.deployment();
        DeploymentEntry entry =
                known == null ? DeploymentEntry.unknown(t.deploymentId, t.now) : known;
        DeploymentState rest = forget(t);
        DeploymentEntry ended = entry.ended(t.now);
        rest.apply(ended);
        t.leave(ended);
        return rest;
    }

    /** Drops every row without a word and returns the empty state. */
    static DeploymentState forget(Turn t) {
        t.state.rows().forEach(t::forget);
        t.forgetDemand();
        return new DeploymentState(t.deploymentId, t.rules);
    }
}
