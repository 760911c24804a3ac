package io.scalable.client.run;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.contracts.task.TaskState;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Folds what is heard of one pool into its progress. Not thread-safe. */
final class PoolTracker {

    /** The first tasks of a worker take longer than all others: later ones push them out. */
    private static final int LATEST = 50;

    private final String component;
    private final int slots;
    private int total;
    private int done;
    private int failed;
    private int dropped;
    private int desired;
    private final Deque<Double> latestSeconds = new ArrayDeque<>();
    private @Nullable PoolObservation seen;

    PoolTracker(ComponentSpec component) {
        this.component = component.name();
        this.slots = component.slots();
    }

    void submitted() {
        total++;
    }

    void desired(int workers) {
        desired = workers;
    }

    void observed(PoolObservation observation) {
        seen = observation;
    }

    void ended(TaskState state, @Nullable Double seconds) {
        switch (state) {
            case SUCCEEDED -> {
                done++;
                latestSeconds.addLast(seconds == null ? 0 : seconds);
                if (latestSeconds.size() > LATEST) {
                    latestSeconds.removeFirst();
                }
            }
            case FAILED, DEAD_LETTERED -> failed++;
            case CANCELLED, SKIPPED -> dropped++;
            case BLOCKED, QUEUED, LEASED, RUNNING -> {
                // A result is terminal.
            }
        }
    }

    /** True if the last word on the pool is that it has nothing to do, or nothing was given it. */
    boolean idle() {
        PoolObservation now = seen;
        return now == null
                ? total == 0
                : now.ready() == 0 && now.blocked() == 0 && now.runningSeconds().isEmpty();
    }

    /** Results are newer than the last observation, so its counts are cut to what can be left. */
    PoolProgress progress() {
        int left = Math.max(0, total - done - failed - dropped);
        PoolObservation now = seen;
        int running = now == null ? 0 : Math.min(left, now.runningSeconds().size());
        int blocked = now == null ? 0 : Math.min(left - running, now.blocked());
        int starting = now == null ? 0 : now.starting().size();
        int ready = now == null ? 0 : Math.max(0, now.alive() - starting);
        return new PoolProgress(
                component,
                total,
                blocked,
                left - running - blocked,
                running,
                done,
                failed,
                dropped,
                ready,
                starting,
                desired);
    }

    /**
     * Seconds of work left on the pool's present or planned workers, by the mean of the latest
     * durations; NaN until every slot can have ended a second task, for the first says little.
     */
    double secondsLeft() {
        PoolProgress now = progress();
        if (now.remaining() == 0) {
            return 0;
        }
        int workers = Math.max(1, Math.max(now.ready(), now.desired()));
        int places = Math.min(now.remaining(), workers * slots);
        if (done < 2 * places) {
            return Double.NaN;
        }
        double mean = latestSeconds.stream().mapToDouble(d -> d).average().orElse(Double.NaN);
        return mean * now.remaining() / places;
    }
}
