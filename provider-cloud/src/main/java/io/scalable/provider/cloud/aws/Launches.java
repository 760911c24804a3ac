package io.scalable.provider.cloud.aws;

import io.scalable.provider.cloud.aws.WorkerTask.Asking;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Calls that launch and stop tasks, several at a time, as fast as AWS lets them be made.
 *
 * <p>{@link #call} and {@link #stopAll} block and are made by the backend's executor; all else is
 * done by the host's thread.
 */
final class Launches {

    private static final System.Logger LOG = System.getLogger(Launches.class.getName());

    private static final int STOPS_AT_ONCE = 10;

    /** Launches that are called together. */
    record Batch(List<Asking> launches, String capacity) {
        boolean isEmpty() {
            return launches.isEmpty();
        }
    }

    /**
     * What became of one launch.
     *
     * @param request what was called; null if it did not come to that
     * @param answer null if there was an error
     * @param error null if there was an answer
     */
    record Outcome(
            Asking asking,
            @Nullable RunRequest request,
            Ecs.@Nullable Answer answer,
            @Nullable AwsException error) {}

    private final Ecs ecs;
    private final Launcher launcher;
    private final TaskTable table;
    private final LaunchPace pace;
    private final SpotChoice spot;

    Launches(Ecs ecs, Launcher launcher, TaskTable table, AwsTarget target, AwsPacing pacing) {
        this.ecs = ecs;
        this.launcher = launcher;
        this.table = table;
        this.pace = new LaunchPace(pacing.longest());
        this.spot = new SpotChoice(target);
    }

    /** What to launch now; empty if there is nothing, or it is too early. */
    Batch next(Instant now) {
        List<Asking> next = table.nextLaunches(pace.room(now));
        pace.took(next.size());
        return new Batch(next, spot.at(now));
    }

    /** Makes the calls of a batch, at the same time, and waits for them. */
    List<Outcome> call(Batch batch) {
        return atOnce(
                batch.launches().stream()
                        .<Callable<Outcome>>map(asking -> () -> launch(asking, batch.capacity()))
                        .toList());
    }

    private Outcome launch(Asking asking, String capacity) {
        RunRequest request = asking.before();
        try {
            if (request == null) {
                request = launcher.request(asking, capacity);
            }
        } catch (AwsException e) {
            return new Outcome(asking, null, null, e);
        } catch (RuntimeException e) {
            var error = new AwsException(AwsException.Kind.REFUSED, e.toString(), e);
            return new Outcome(asking, null, null, error);
        }
        try {
            return new Outcome(asking, request, ecs.run(request), null);
        } catch (AwsException e) {
            return new Outcome(asking, request, null, e);
        } catch (RuntimeException e) {
            var error = new AwsException(AwsException.Kind.UNKNOWN, e.toString(), e);
            return new Outcome(asking, request, null, error);
        }
    }

    /** Puts down what became of a batch. */
    void took(List<Outcome> outcomes, Instant now) {
        boolean worked = false;
        boolean failed = false;
        var noRoom = new ArrayList<String>();
        for (Outcome outcome : outcomes) {
            Asking asking = outcome.asking();
            RunRequest request = outcome.request();
            AwsException error = outcome.error();
            if (error != null) {
                failed |= failed(asking, request, error);
                continue;
            }
            switch (outcome.answer()) {
                case null -> {}
                case Ecs.Answer.Started(var task) -> {
                    String capacity = request == null ? "" : request.capacity();
                    table.started(asking, task, spot.note(capacity), now);
                    spot.worked(capacity);
                    worked = true;
                }
                case Ecs.Answer.NoCapacity(var reason) -> {
                    String where = request == null ? "" : " on " + request.capacity();
                    table.noCapacity(asking, "no room" + where + " at present: " + reason);
                    noRoom.add(reason);
                }
            }
        }
        if (worked) {
            pace.worked();
        }
        if (failed) {
            pace.failed(now);
        }
        noRoom(noRoom, now);
    }

    /** True if the next call has to wait. */
    private boolean failed(Asking asking, @Nullable RunRequest request, AwsException error) {
        switch (error.kind()) {
            case REFUSED, NO_CLUSTER -> {
                table.refused(asking, error.text());
                launcher.lookAgain();
                return asking.before() != null;
            }
            case LATER, LOGIN -> table.postponed(asking, error.text());
            case UNKNOWN -> {
                if (request == null) {
                    table.postponed(asking, error.text());
                } else {
                    table.unsure(asking, request);
                }
            }
        }
        return true;
    }

    /** Tasks found no room: the next tries are further apart, or somewhere else. */
    void noRoom(List<String> reasons, Instant now) {
        if (reasons.isEmpty()) {
            return;
        }
        String capacity = spot.at(now);
        if (spot.failed(capacity, reasons.getFirst(), now)) {
            LOG.log(
                    Level.WARNING,
                    "Fargate Spot has no room; new workers are on FARGATE for ten minutes: {0}",
                    reasons.getFirst());
            pace.worked();
        } else {
            pace.failed(now);
        }
    }

    /** Stops tasks; those for which that failed. */
    List<String> stopAll(List<String> arns, String reason) {
        var failed = new ArrayList<String>();
        for (int from = 0; from < arns.size(); from += STOPS_AT_ONCE) {
            List<String> some = arns.subList(from, Math.min(arns.size(), from + STOPS_AT_ONCE));
            atOnce(some.stream().<Callable<String>>map(arn -> () -> stop(arn, reason)).toList())
                    .stream()
                    .filter(arn -> !arn.isEmpty())
                    .forEach(failed::add);
        }
        return failed;
    }

    /** The task if it could not be stopped, else nothing. */
    private String stop(String arn, String reason) {
        try {
            ecs.stop(arn, reason);
            return "";
        } catch (AwsException e) {
            LOG.log(Level.WARNING, "a task cannot be stopped yet: {0}", e.text());
            return arn;
        }
    }

    private static <T> List<T> atOnce(List<Callable<T>> calls) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<T>();
            for (Future<T> future : threads.invokeAll(calls)) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AwsException(AwsException.Kind.UNKNOWN, "cut off", e);
        } catch (ExecutionException e) {
            throw new AwsException(AwsException.Kind.UNKNOWN, String.valueOf(e.getCause()), e);
        }
    }
}
