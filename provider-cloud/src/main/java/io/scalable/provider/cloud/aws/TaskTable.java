package io.scalable.provider.cloud.aws;

import io.scalable.contracts.task.FailureClass;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.cloud.aws.Stops.Wish;
import io.scalable.provider.cloud.aws.WorkerTask.Asking;
import io.scalable.provider.cloud.aws.WorkerTask.Ended;
import io.scalable.provider.cloud.aws.WorkerTask.Known;
import io.scalable.provider.cloud.aws.WorkerTask.Unsure;
import io.scalable.provider.cloud.aws.WorkerTask.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of one deployment's workers: what was ordered, what ECS says of it, what is still to be
 * asked. Pure; not thread-safe.
 */
final class TaskTable {

    /** A task that so many descriptions in a row lack, and has had time to show up, is gone. */
    private static final int MISSES = 3;

    /** How long a new task may be unknown to descriptions; AWS speaks of minutes at worst. */
    private static final Duration SHOWS_UP = Duration.ofMinutes(1);

    private static final String IN_LINE = "to be launched";

    private final String deploymentId;
    private final Map<String, WorkerTask> workers = new LinkedHashMap<>();
    private final Stops stops = new Stops();
    private boolean listedOnce;

    TaskTable(String deploymentId) {
        this.deploymentId = deploymentId;
    }

    /** Every worker's task, by the worker's id. */
    Map<String, WorkerTask> workers() {
        return Collections.unmodifiableMap(workers);
    }

    /** True once ECS has been heard: before, workers of an earlier host may be missing. */
    boolean listedOnce() {
        return listedOnce;
    }

    /** A worker is wanted; asking twice changes nothing. */
    void add(LaunchOrder order) {
        workers.putIfAbsent(order.workerId(), new Waiting(order, 1, IN_LINE));
    }

    /** A launch is taken back, unless its worker turns out to be ready. */
    void cancel(String workerId) {
        wish(workerId, Wish.UNLESS_READY);
    }

    /** A worker is not wanted any more. */
    void stop(String workerId) {
        wish(workerId, Wish.AT_ALL_EVENTS);
    }

    private void wish(String workerId, Wish wish) {
        switch (workers.get(workerId)) {
            case null -> {}
            case Ended _ -> {}
            case Waiting _ ->
                    workers.put(workerId, Ended.of("cancelled before it was launched", null, null));
            case Asking _, Unsure _, Known _ -> stops.wish(workerId, wish);
        }
    }

    void forget(String workerId) {
        if (workers.remove(workerId) instanceof Known known) {
            stops.over(known.task().arn());
        }
        boolean _ = stops.drop(workerId);
    }

    /** The next launches, which are under way from now on: unsure ones first. */
    List<Asking> nextLaunches(int limit) {
        var next = new ArrayList<Asking>();
        for (WorkerTask task : workers.values()) {
            if (task instanceof Unsure(var order, var attempt, var request)
                    && next.size() < limit) {
                next.add(new Asking(order, attempt, request));
            }
        }
        for (WorkerTask task : workers.values()) {
            if (task instanceof Waiting(var order, var attempt, var _) && next.size() < limit) {
                next.add(new Asking(order, attempt, null));
            }
        }
        next.forEach(asking -> workers.put(asking.order().workerId(), asking));
        return next;
    }

    /** ECS has it. */
    void started(Asking asking, EcsTask task, String note, Instant now) {
        LaunchOrder order = asking.order();
        workers.replace(order.workerId(), new Known(task, order, asking.attempt(), now, 0, note));
    }

    /** Nothing was started by this call or by the one that it repeats. */
    void noCapacity(Asking asking, String reason) {
        waitAgain(asking.order(), asking.attempt() + 1, reason);
    }

    /** This call did nothing; one that it repeats may have. */
    void postponed(Asking asking, String reason) {
        if (asking.before() == null) {
            waitAgain(asking.order(), asking.attempt(), reason);
        } else {
            unsure(asking, asking.before());
        }
    }

    /** Nobody knows what the call did. */
    void unsure(Asking asking, RunRequest request) {
        LaunchOrder order = asking.order();
        workers.replace(order.workerId(), new Unsure(order, asking.attempt(), request));
    }

    /** This call did nothing, nor will another; one that it repeats may have. */
    void refused(Asking asking, String reason) {
        if (asking.before() == null) {
            workers.replace(asking.order().workerId(), Ended.of(reason, null, null));
        } else {
            unsure(asking, asking.before());
        }
    }

    private void waitAgain(LaunchOrder order, int attempt, String reason) {
        String id = order.workerId();
        workers.replace(id, new Waiting(order, attempt, reason));
        if (stops.drop(id)) {
            workers.put(id, Ended.of("cancelled: " + reason, null, null));
        }
    }

    /** Tasks that are to be described whether lists have them or not. */
    List<String> known() {
        return workers.values().stream()
                .filter(Known.class::isInstance)
                .map(task -> ((Known) task).task().arn())
                .toList();
    }

    /**
     * Takes in how tasks are, asked after everything so far had been answered.
     *
     * @param tasks all that lists have, and those of {@link #known} that ECS could describe
     * @param complete true if nothing of an earlier host can be missing any more
     * @return why workers that had a task wait for room again; empty if none does
     */
    List<String> listed(Collection<EcsTask> tasks, boolean complete, Instant now) {
        var noRoom = new ArrayList<String>();
        Map<String, EcsTask> seen = ours(tasks);
        for (String id : List.copyOf(workers.keySet())) {
            EcsTask task = seen.remove(id);
            switch (workers.get(id)) {
                case null -> {}
                case Ended _, Asking _ -> {}
                case Waiting(var order, var attempt, var _) -> adopt(id, order, attempt, task, now);
                case Unsure(var order, var attempt, var _) -> adopt(id, order, attempt, task, now);
                case Known known -> see(id, known, task, now).ifPresent(noRoom::add);
            }
        }
        // What nobody ordered here was ordered by an earlier host. What has ended was forgotten.
        seen.values().stream()
                .filter(task -> !task.ended() || !listedOnce)
                .forEach(task -> workers.put(task.workerId(), after(task)));
        listedOnce |= complete;
        return noRoom;
    }

    private static WorkerTask after(EcsTask task) {
        return task.ended()
                ? new Ended(StopReason.of(task), task)
                : new Known(task, null, 0, task.createdAt(), 0, "");
    }

    /** One that has ended may be the task of an earlier attempt. */
    private void adopt(
            String id, LaunchOrder order, int attempt, @Nullable EcsTask task, Instant now) {
        if (task != null && !task.ended()) {
            workers.put(id, new Known(task, order, attempt, now, 0, ""));
        }
    }

    private Optional<String> see(String id, Known known, @Nullable EcsTask task, Instant now) {
        if (task == null) {
            missing(id, known, now);
            return Optional.empty();
        }
        LaunchOrder order = known.order();
        if (!task.ended()) {
            workers.put(id, known.seen(task));
            return Optional.empty();
        }
        StopReason why = StopReason.of(task);
        stops.over(task.arn());
        if (why.kind() != StopReason.Kind.NO_CAPACITY) {
            boolean _ = stops.drop(id);
            workers.put(id, new Ended(why, task));
            return Optional.empty();
        }
        if (order == null) {
            workers.put(id, Ended.of(why.message(), FailureClass.PREEMPTED, task));
            return Optional.empty();
        }
        waitAgain(order, known.attempt() + 1, why.message());
        return Optional.of(why.message());
    }

    private void missing(String id, Known known, Instant now) {
        Known again = known.missedAgain();
        EcsTask task = known.task();
        boolean gone = again.missed() >= MISSES && now.isAfter(known.since().plus(SHOWS_UP));
        workers.put(
                id,
                gone
                        ? Ended.of(
                                task.describe() + " is no longer known to ECS",
                                FailureClass.NODE_FAILURE,
                                task)
                        : again);
    }

    /**
     * This deployment's tasks by worker. Of several for one worker the known one counts, else the
     * oldest that is alive; others that are alive are stopped.
     */
    private Map<String, EcsTask> ours(Collection<EcsTask> tasks) {
        var seen = new LinkedHashMap<String, EcsTask>();
        tasks.stream()
                .filter(task -> task.deploymentId().equals(deploymentId))
                .sorted(
                        Comparator.<EcsTask, Boolean>comparing(task -> !isKnown(task))
                                .thenComparing(EcsTask::ended)
                                .thenComparing(EcsTask::createdAt)
                                .thenComparing(EcsTask::arn))
                .forEach(
                        task -> {
                            EcsTask first = seen.putIfAbsent(task.workerId(), task);
                            if (first != null && !first.arn().equals(task.arn()) && !task.ended()) {
                                stops.tooMany(task.arn());
                            }
                        });
        return seen;
    }

    private boolean isKnown(EcsTask task) {
        return workers.get(task.workerId()) instanceof Known known
                && known.task().arn().equals(task.arn());
    }

    /** The ARNs of tasks to stop now. */
    List<String> nextStops(Predicate<String> ready, Instant now) {
        return stops.next(ready, this::arnOf, now);
    }

    private String arnOf(String workerId) {
        return workers.get(workerId) instanceof Known known ? known.task().arn() : "";
    }

    /** A stop could not be asked for; it is tried again. */
    void notStopped(String arn) {
        stops.over(arn);
        if (!known().contains(arn)) {
            stops.tooMany(arn);
        }
    }

    /** True if anything waits for a change: then it is worth looking often. */
    boolean inMotion() {
        return workers.values().stream()
                .anyMatch(
                        task ->
                                switch (task) {
                                    case Known known ->
                                            known.missed() > 0
                                                    || !known.task().status().equals("RUNNING")
                                                    || stops.underWay(known.task().arn());
                                    case Asking _, Unsure _ -> true;
                                    case Waiting _, Ended _ -> false;
                                });
    }

    /** True if no worker is there, nor may be. */
    boolean nothingLeft() {
        return workers.values().stream().allMatch(Ended.class::isInstance);
    }
}
