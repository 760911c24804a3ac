package io.scalable.worker;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a ready worker does every second: says what it holds, and looks whether its broker is still
 * there and its allocation still lasts. Called by the timer alone.
 */
final class Pulse {

    static final Duration PERIOD = Duration.ofSeconds(1);

    /** How long before the end of the allocation no new attempt is taken, and all are stopped. */
    static final Duration DRAIN_BEFORE = Duration.ofSeconds(10);

    static final Duration STOP_BEFORE = Duration.ofSeconds(2);

    /** A heartbeat says how things are now; more than these under way would only pile up. */
    private static final int UNDER_WAY = 2;

    /** What the pulse may ask of the worker. */
    interface Owner {
        void drain();

        /** The allocation is over for the attempts that still run. */
        void walltime();

        void orphaned();
    }

    private final WorkerConfig config;
    private final LeaseTable leases;
    private final Reporter reporter;
    private final Owner owner;
    private final AtomicInteger underWay = new AtomicInteger();

    Pulse(WorkerConfig config, LeaseTable leases, Reporter reporter, Owner owner) {
        this.config = config;
        this.leases = leases;
        this.reporter = reporter;
        this.owner = owner;
    }

    void beat() {
        if (reporter.silence().compareTo(config.orphanTimeout()) > 0) {
            owner.orphaned();
            return;
        }
        if (ends(DRAIN_BEFORE) && !leases.draining()) {
            owner.drain();
        }
        if (ends(STOP_BEFORE)) {
            owner.walltime();
        }
        if (underWay.get() < UNDER_WAY) {
            underWay.incrementAndGet();
            var unused =
                    reporter.heartbeat(leases.held(), leases.draining())
                            .whenComplete((_, _) -> underWay.decrementAndGet());
        }
    }

    private boolean ends(Duration within) {
        Instant end = config.endsAt();
        return end != null && !Instant.now().isBefore(end.minus(within));
    }
}
