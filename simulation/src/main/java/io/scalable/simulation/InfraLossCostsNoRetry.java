package io.scalable.simulation;

import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.task.TaskState;
import io.scalable.contracts.worker.Assignment.LeaseGranted;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A task fails by its own fault only after as many failures of its own as it may have. */
final class InfraLossCostsNoRetry implements Invariant {

    private final Map<String, Integer> ownFailures = new HashMap<>();
    private final Map<String, Integer> retries = new HashMap<>();

    @Override
    public void finished(World world, LeaseGranted lease, @Nullable FailureClass failed) {
        if (failed != null && failed.usersFault()) {
            ownFailures.merge(lease.taskId(), 1, Integer::sum);
        }
    }

    @Override
    public void appended(World world, Log.Entry record) {
        if (record.value() instanceof SubmitTask task) {
            retries.put(task.taskId(), task.retries());
        }
        if (record.value() instanceof TaskResult result && result.state() == TaskState.FAILED) {
            boolean own = result.failures().getLast().failureClass().usersFault();
            int failures = ownFailures.getOrDefault(result.taskId(), 0);
            if (own && failures <= retries.getOrDefault(result.taskId(), 0)) {
                throw broken(failures + " failures of its own, and yet " + result);
            }
        }
    }
}
