package io.scalable.planning.simulation;

import io.scalable.contracts.scaling.PoolObservation.TaskCounts;

/** How many tasks of one group are where; tasks of no group share one that nobody looks at. */
final class GroupCount {

    private final String name;
    int blocked;
    int queued;
    int running;
    int done;

    GroupCount(String name) {
        this.name = name;
    }

    TaskCounts counts(double oldestQueued) {
        return new TaskCounts(name, blocked, queued, 0, running, done, 0, oldestQueued);
    }

    /** False as long as none of its tasks is known. */
    boolean seen() {
        return blocked + queued + running + done > 0;
    }
}
