package io.scalable.client.run;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.contracts.worker.WorkerLifecycle.RemovalCause;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRemoved;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** How the folder of a run that has ended is made that of one that goes on. */
final class NextLife {

    private NextLife() {}

    /**
     * Begins another life of a run that has ended: what failed, was cancelled or skipped leaves the
     * tasks, their failures count as tried again, and ids are those of the new deployment. Each
     * file is written beside the old one and put in its place whole.
     *
     * @param spec the new deployment
     * @param failedOnly true keeps what was cancelled, and what was skipped for it
     * @return what is kept of the run so far
     */
    static RunRecord begin(
            RunFolder folder, DeploymentSpec spec, String brokers, boolean failedOnly)
            throws IOException {
        RunInfo before = folder.info();
        RunRecord kept =
                folder.record().goneOnWith(before.deploymentId(), spec.deploymentId(), failedOnly);
        Instant lastHeard =
                kept.tasks().stream()
                        .map(TaskRecord::finishedAt)
                        .max(Comparator.naturalOrder())
                        .orElse(before.started());
        folder.failures().replace(kept.failures());
        folder.tasks().replace(kept.tasks());
        leave(folder, kept.workers(), before.deploymentId(), lastHeard);
        folder.writeDeployment(spec);
        folder.writeInfo(before.resumed(spec, brokers, lastHeard));
        return kept;
    }

    /** Workers whose end nobody heard of have gone with their deployment. */
    private static void leave(
            RunFolder folder, List<WorkerLifecycle> events, String deploymentId, Instant at) {
        var tally = new WorkerTally();
        events.forEach(tally::add);
        tally.presentComponents()
                .forEach(
                        (worker, component) ->
                                folder.workers()
                                        .append(
                                                new WorkerRemoved(
                                                        deploymentId,
                                                        component,
                                                        worker,
                                                        RemovalCause.DEPLOYMENT_ENDED,
                                                        at)));
        folder.workers().flush();
    }
}
