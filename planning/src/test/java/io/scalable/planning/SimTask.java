package io.scalable.planning;

import java.util.List;

/** A task of the simulated world. */
final class SimTask {

    enum State {
        BLOCKED,
        READY,
        RUNNING,
        DONE
    }

    final String id;
    final String group;
    final String pool;
    final double seconds;
    final List<SimTask> needs;
    State state = State.BLOCKED;
    double begunAt;

    SimTask(String id, String group, String pool, double seconds, List<SimTask> needs) {
        this.id = id;
        this.group = group;
        this.pool = pool;
        this.seconds = seconds;
        this.needs = needs;
    }

    boolean unblocked() {
        return needs.stream().allMatch(n -> n.state == State.DONE);
    }
}
