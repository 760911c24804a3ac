package io.scalable.planning;

import java.util.ArrayList;
import java.util.List;

/** A worker of the simulated world. */
final class SimWorker {

    final String id;
    final String pool;
    final int slots;
    final double requestedAt;
    final double readyAt;
    final boolean fails;
    final List<SimTask> running = new ArrayList<>();
    boolean ready;
    boolean draining;
    double idleSince;

    SimWorker(
            String id, String pool, int slots, double requestedAt, double readyAt, boolean fails) {
        this.id = id;
        this.pool = pool;
        this.slots = slots;
        this.requestedAt = requestedAt;
        this.readyAt = readyAt;
        this.fails = fails;
    }
}
