package io.scalable.provider.cloud.gcp;

import io.scalable.provider.backend.WorkerStatus;
import io.scalable.provider.cloud.gcp.PoolEntry.Creating;
import io.scalable.provider.cloud.gcp.PoolEntry.Ended;
import io.scalable.provider.cloud.gcp.PoolEntry.Going;
import io.scalable.provider.cloud.gcp.PoolEntry.Made;
import io.scalable.provider.cloud.gcp.PoolEntry.Waiting;
import org.jspecify.annotations.Nullable;

/**
 * What a worker's pool says of the worker. Pure.
 *
 * @param region where the pools are
 * @param trouble why the listing is too old to tell anything; null while it is not
 */
record PoolStatus(String region, @Nullable String trouble) {

    /**
     * The status of one worker.
     *
     * @param ready true if the worker said that it takes leases, or has
     */
    WorkerStatus of(PoolEntry entry, boolean ready) {
        return switch (entry) {
            case Waiting(var _, var reason, var unsure) ->
                    unsure == null
                            ? new WorkerStatus.Pending(reason)
                            : new WorkerStatus.Unknown(reason);
            case Creating _ -> new WorkerStatus.Pending("being created");
            case Made made -> ready ? running(made.pool(), true) : made(made);
            case Going(var pool, var then, var _, var _, var _, var _) ->
                    ready
                            ? running(pool, true)
                            : new WorkerStatus.Pending(then.message() + "; being deleted");
            case Ended(var message, var succeeded) ->
                    new WorkerStatus.Exited(succeeded ? 0 : 1, ready, message, null);
        };
    }

    private WorkerStatus made(Made made) {
        if (trouble != null) {
            return new WorkerStatus.Unknown(trouble);
        }
        if (made.missed() > 0) {
            return new WorkerStatus.Unknown("worker pool " + made.pool() + " is not listed");
        }
        return switch (made.seen() == null ? null : made.seen().state()) {
            case null -> new WorkerStatus.Pending("being created");
            case PoolState.Up _ -> running(made.pool(), false);
            case PoolState.Coming(var reason) -> new WorkerStatus.Pending(reason);
            case PoolState.Broken(var message) -> new WorkerStatus.Unknown(message);
            case PoolState.Leaving _ -> new WorkerStatus.Pending("being deleted");
        };
    }

    private WorkerStatus running(String pool, boolean ready) {
        return new WorkerStatus.Running("worker pool " + pool + " in " + region, ready);
    }
}
