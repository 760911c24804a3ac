package io.scalable.planning.simulation;

import java.util.ArrayList;
import java.util.List;

/** A worker in virtual time. */
final class SimulatedWorker {

    enum State {
        STARTING,
        UP,
        GONE
    }

    final String id;
    final SimulatedPool pool;
    final double requested;
    final double ready;
    final double billedFrom;
    final List<Attempt> running = new ArrayList<>();
    State state = State.STARTING;
    double idleSince;
    boolean draining;
    boolean ran;

    /** One task on one worker. */
    record Attempt(Job job, double since) {}

    SimulatedWorker(String id, SimulatedPool pool, double requested, double delay, double billed) {
        this.id = id;
        this.pool = pool;
        this.requested = requested;
        ready = requested + delay;
        billedFrom = ready - billed;
        idleSince = ready;
    }

    boolean starting() {
        return state == State.STARTING;
    }

    boolean idle() {
        return state == State.UP && running.isEmpty();
    }

    /** When the attempt began that runs for the longest time. */
    double busySince() {
        return running.getFirst().since();
    }
}
