package io.scalable.planning.estimate;

import io.scalable.contracts.deployment.Need;
import java.util.List;

/**
 * The work of one task name that is still to be done.
 *
 * @param task the task's name
 * @param component the component whose workers run it
 * @param ready tasks that could start now
 * @param blocked tasks that wait for {@code needs}
 * @param running attempts that run
 * @param runningSeconds seconds until the last of the running ones ends; 0 if none runs
 * @param seconds one task's duration, above 0
 * @param needs the stages that the blocked ones wait for; unknown names are no obstacle
 */
public record Stage(
        String task,
        String component,
        int ready,
        int blocked,
        int running,
        double runningSeconds,
        double seconds,
        List<Need> needs) {

    /** Tasks that have not begun. */
    public int waiting() {
        return ready + blocked;
    }

    /** Seconds of work, on one slot. */
    public double work() {
        return waiting() * seconds + running * Math.min(seconds, runningSeconds);
    }
}
