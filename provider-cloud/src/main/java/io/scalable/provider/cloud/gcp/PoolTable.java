package io.scalable.provider.cloud.gcp;

import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.cloud.gcp.PoolEntry.Creating;
import io.scalable.provider.cloud.gcp.PoolEntry.Ended;
import io.scalable.provider.cloud.gcp.PoolEntry.Going;
import io.scalable.provider.cloud.gcp.PoolEntry.Made;
import io.scalable.provider.cloud.gcp.PoolEntry.Step;
import io.scalable.provider.cloud.gcp.PoolEntry.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The worker pools of one deployment's workers: what was ordered, what Cloud Run says of it, what
 * is still to be asked. Pure; not thread-safe.
 */
final class PoolTable {

    /** A pool that so many listings in a row lack is gone. */
    private static final int MISSES = 2;

    private static final Ended AS_ASKED = new Ended("deleted, as asked", false);

    private final String deploymentId;
    private final Duration visibility;
    private final Duration shutdown;
    private final Map<String, PoolEntry> workers = new LinkedHashMap<>();
    private final Map<String, Instant> forgotten = new HashMap<>();
    private boolean listedOnce;

    PoolTable(String deploymentId, Duration visibility, Duration shutdown) {
        this.deploymentId = deploymentId;
        this.visibility = visibility;
        this.shutdown = shutdown;
    }

    /** Every worker's pool, by the worker's id. */
    Map<String, PoolEntry> workers() {
        return Collections.unmodifiableMap(workers);
    }

    /** True once Cloud Run has been heard: before, workers of an earlier host may be missing. */
    boolean listedOnce() {
        return listedOnce;
    }

    /** A worker is wanted; asking twice changes nothing. */
    void add(LaunchOrder order) {
        workers.putIfAbsent(order.workerId(), new Waiting(order, "to be created", null));
    }

    /** Somebody wants the worker gone. */
    void end(String workerId, Instant now) {
        end(workerId, AS_ASKED, now);
    }

    /** The worker's pool is to go; {@code then} says how that counts. The first to say so wins. */
    void end(String workerId, Ended then, Instant now) {
        switch (workers.get(workerId)) {
            case null -> {}
            case Waiting(var order, var _, var unsure) -> {
                if (unsure == null) {
                    workers.put(workerId, new Ended("cancelled before it was created", false));
                } else {
                    going(order.workerId(), SafeName.pool(workerId), then, unsure);
                }
            }
            case Creating(var order, var unsure, var before) ->
                    workers.put(
                            workerId, new Creating(order, unsure, before == null ? then : before));
            case Made made -> going(workerId, made.pool(), then, null);
            case Going _, Ended _ -> {}
        }
    }

    private void going(String workerId, String pool, Ended then, @Nullable Instant unsure) {
        Instant notBefore = unsure == null ? Instant.MIN : unsure.plus(visibility);
        workers.put(workerId, new Going(pool, then, Step.WANTED, notBefore, null, false));
    }

    void forget(String workerId, Instant now) {
        if (workers.remove(workerId) != null) {
            forgotten.put(workerId, now);
        }
        forgotten.values().removeIf(at -> at.plus(visibility).isBefore(now));
    }

    /** The next pools to make, which are under way from now on. */
    List<LaunchOrder> nextCreations(int most) {
        var orders = new ArrayList<LaunchOrder>();
        for (var worker : List.copyOf(workers.entrySet())) {
            if (orders.size() < most
                    && worker.getValue() instanceof Waiting(var order, var _, var unsure)) {
                orders.add(order);
                workers.put(worker.getKey(), new Creating(order, unsure, null));
            }
        }
        return orders;
    }

    /**
     * The pool is there: made now, or found to be.
     *
     * @param operation that makes it; null if unknown or done
     */
    void created(String workerId, @Nullable String operation, Instant now) {
        if (workers.get(workerId) instanceof Creating(var _, var _, var then)) {
            String pool = SafeName.pool(workerId);
            workers.put(workerId, Made.at(now, pool, operation));
            if (then != null) {
                end(workerId, then, now);
            }
        }
    }

    /** A pool of which nobody knew whether it was made is there, however it is known. */
    void found(String workerId, Instant now) {
        if (workers.get(workerId) instanceof Waiting(var _, var _, var unsure) && unsure != null) {
            String pool = SafeName.pool(workerId);
            workers.put(workerId, Made.at(now, pool, null));
        }
    }

    /** Nothing was made by this try; it waits for {@code reason}. */
    void postponed(String workerId, String reason, Instant now) {
        if (workers.get(workerId) instanceof Creating(var order, var unsure, var then)) {
            workers.put(workerId, new Waiting(order, reason, unsure));
            if (then != null) {
                end(workerId, then, now);
            }
        }
    }

    /** Nobody knows whether it was made. */
    void unsure(String workerId, String reason, Instant now) {
        if (workers.get(workerId) instanceof Creating(var order, var _, var then)) {
            workers.put(workerId, new Waiting(order, reason, now));
            if (then != null) {
                end(workerId, then, now);
            }
        }
    }

    /** Nothing was made by this try, and nothing will be. */
    void refused(String workerId, String reason, Instant now) {
        if (workers.get(workerId) instanceof Creating(var order, var unsure, var _)) {
            var ended = new Ended(reason, false);
            if (unsure == null) {
                workers.put(workerId, ended);
            } else {
                going(order.workerId(), SafeName.pool(workerId), ended, unsure);
            }
        }
    }

    /** The next workers whose pools to delete, which is under way from now on. */
    List<String> nextDeletions(int most) {
        var ids = new ArrayList<String>();
        workers.forEach(
                (id, entry) -> {
                    if (ids.size() < most
                            && entry instanceof Going going
                            && going.step() == Step.WANTED) {
                        ids.add(id);
                    }
                });
        ids.forEach(id -> step(id, Step.ASKED));
        return ids;
    }

    /** The pool's deletion is under way, or it was not there. */
    void deleted(String workerId, @Nullable String operation, Instant now) {
        if (workers.get(workerId) instanceof Going going) {
            Instant over = going.then().succeeded() ? now : now.plus(shutdown);
            workers.put(workerId, going.accepted(operation, over));
        }
    }

    /** The deletion did not come about: it is asked for again. */
    void notDeleted(String workerId) {
        step(workerId, Step.WANTED);
    }

    private void step(String workerId, Step step) {
        if (workers.get(workerId) instanceof Going going) {
            workers.put(workerId, going.at(step));
        }
    }

    /** Operations to look at, by worker: those of pools that are not up, or not gone. */
    Map<String, String> openOperations() {
        var open = new LinkedHashMap<String, String>();
        workers.forEach(
                (id, entry) -> {
                    String operation =
                            switch (entry) {
                                case Made made when made.up() == null -> made.operation();
                                case Going going when !going.confirmed() -> going.operation();
                                case Waiting _, Creating _, Made _, Going _, Ended _ -> null;
                            };
                    if (operation != null) {
                        open.put(id, operation);
                    }
                });
        return open;
    }

    /** An operation is done; {@code error} says why it failed, null if it did not. */
    void operationDone(String workerId, String operation, @Nullable String error, Instant now) {
        switch (workers.get(workerId)) {
            case Made made when operation.equals(made.operation()) -> {
                workers.put(workerId, made.finished());
                if (error != null) {
                    end(workerId, new Ended(describe(made.pool()) + error, false), now);
                }
            }
            case Going going when operation.equals(going.operation()) ->
                    workers.put(workerId, error == null ? going.gone() : going.at(Step.WANTED));
            case null -> {}
            case Waiting _, Creating _, Made _, Going _, Ended _ -> {}
        }
    }

    /**
     * Takes a whole listing in that began after everything so far had been answered.
     *
     * @param now when it was answered
     */
    void listed(List<SeenPool> pools, Instant now) {
        Map<String, SeenPool> seen = ours(pools);
        for (String id : List.copyOf(workers.keySet())) {
            SeenPool pool = seen.remove(id);
            if (pool != null) {
                found(id, now);
            }
            switch (workers.get(id)) {
                case null -> {}
                case Waiting _, Creating _, Ended _ -> {}
                case Made made -> lookAt(id, made, pool, now);
                case Going going -> lookAt(id, going, pool, now);
            }
        }
        // What nobody ordered here was ordered by an earlier host. What was forgotten is stale.
        seen.forEach(
                (id, pool) -> {
                    if (!forgotten.containsKey(id)) {
                        lookAt(id, Made.at(now, pool.name(), null), pool, now);
                    }
                });
        listedOnce = true;
    }

    private Map<String, SeenPool> ours(List<SeenPool> pools) {
        var seen = new LinkedHashMap<String, SeenPool>();
        pools.stream()
                .filter(pool -> pool.deploymentId().equals(deploymentId))
                .forEach(pool -> seen.put(pool.workerId(), pool));
        return seen;
    }

    private void lookAt(String id, Made made, @Nullable SeenPool pool, Instant now) {
        if (pool == null) {
            if (!now.isBefore(made.made().plus(visibility))) {
                Made missing = made.missing();
                workers.put(id, missing.missed() >= MISSES ? gone(made.pool()) : missing);
            }
            return;
        }
        Made seen = made.listed(pool, now);
        workers.put(id, seen);
        switch (pool.state()) {
            case PoolState.Coming _, PoolState.Up _ -> {}
            case PoolState.Broken(var message) -> {
                // One that was up may be busy: its worker tells.
                if (seen.up() == null) {
                    end(id, new Ended(describe(made.pool()) + message, false), now);
                }
            }
            case PoolState.Leaving _ -> {
                end(id, gone(made.pool()), now);
                deleted(id, null, now);
            }
        }
    }

    private void lookAt(String id, Going going, @Nullable SeenPool pool, Instant now) {
        if (going.step() != Step.ACCEPTED) {
            return;
        }
        if (pool == null) {
            workers.put(id, going.gone());
        } else if (going.operation() == null
                && !(pool.state() instanceof PoolState.Leaving)
                && now.isAfter(going.notBefore().plus(visibility))) {
            // It came after it was deleted: a creation that nobody answered was late.
            notDeleted(id);
        }
    }

    /** What is known to be gone, and surely over, has ended. */
    void settle(Instant now) {
        for (String id : List.copyOf(workers.keySet())) {
            if (workers.get(id) instanceof Going going
                    && going.confirmed()
                    && !now.isBefore(going.notBefore())) {
                workers.put(id, going.then());
            }
        }
    }

    /** True if anything waits for a change: then it is worth looking often. */
    boolean inMotion() {
        return workers.values().stream()
                .anyMatch(
                        entry ->
                                switch (entry) {
                                    case Made made -> made.up() == null || made.missed() > 0;
                                    case Creating _, Going _ -> true;
                                    case Waiting _, Ended _ -> false;
                                });
    }

    private static Ended gone(String pool) {
        return new Ended(
                "worker pool "
                        + pool
                        + " is gone: its worker failed and deleted it, or somebody else did; its"
                        + " log is that of resource cloud_run_worker_pool",
                false);
    }

    private static String describe(String pool) {
        return "worker pool " + pool + ": ";
    }
}
