package io.scalable.provider.cloud.aws;

import io.scalable.provider.backend.WorkerStatus;
import io.scalable.provider.platform.ReportedWorkers;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a worker, from its task and from what it said itself.
 *
 * @param target says where logs are
 */
record StatusWords(AwsTarget target, ReportedWorkers reported) {

    /**
     * @param stale true if AWS has not been heard for long
     * @param trouble why
     */
    WorkerStatus of(String id, WorkerTask task, boolean stale, String trouble) {
        return switch (task) {
            case WorkerTask.Waiting(var _, var _, var reason) -> new WorkerStatus.Pending(reason);
            case WorkerTask.Asking(var _, var _, var before) ->
                    before == null
                            ? new WorkerStatus.Pending("being launched")
                            : new WorkerStatus.Unknown(trouble);
            case WorkerTask.Unsure _ ->
                    new WorkerStatus.Unknown("a launch without an answer: " + trouble);
            case WorkerTask.Known known -> known(id, known, stale, trouble);
            case WorkerTask.Ended(var why, var last) ->
                    new WorkerStatus.Exited(
                            why.code(),
                            why.code() == 0 || reported.wasReady(id),
                            why.message() + (why.code() == 0 ? "" : log(last)),
                            null,
                            why.cause());
        };
    }

    private WorkerStatus known(String id, WorkerTask.Known known, boolean stale, String trouble) {
        EcsTask task = known.task();
        String note = known.note().isEmpty() ? "" : ": " + known.note();
        String place = task.describe() + note;
        if (reported.wasReady(id)) {
            return new WorkerStatus.Running(place, true);
        }
        if (stale) {
            return new WorkerStatus.Unknown(trouble);
        }
        return task.running()
                ? new WorkerStatus.Running(place, false)
                : new WorkerStatus.Pending(place + ", " + task.status());
    }

    private String log(@Nullable EcsTask task) {
        return task == null || task.startedAt() == null || !target.logs()
                ? ""
                : ". Its log: group " + target.logGroup() + ", stream " + Wire.stream(task);
    }
}
