package io.scalable.planning.simulation;

import java.util.ArrayList;
import java.util.List;

/** A task on its way through a simulation. */
final class Job {

    /** Jobs with the same parents wait for one gate: a stage after a stage costs no more edges. */
    static final class Gate {
        final List<Job> waiting = new ArrayList<>();
        int missing;

        Gate(int parents) {
            missing = parents;
        }
    }

    final TraceTask task;
    final GroupCount group;
    final List<Gate> opens = new ArrayList<>();
    double readyAt;
    double startedAt = -1;
    double endedAt = -1;

    Job(TraceTask task, GroupCount group) {
        this.task = task;
        this.group = group;
    }

    boolean hasStarted() {
        return startedAt >= 0;
    }
}
