package io.scalable.worker;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * What a ready worker does every second: it looks whether its broker is still there and its
 * allocation still lasts ({@link #look}), and says what it holds ({@link #beat}, which may wait for
 * the broker). Each is called by one thread at a time.
 */
final class Pulse {

    private static final System.Logger LOG = System.getLogger(Pulse.class.getName());
    private static final Duration WORTH_A_WARNING = Duration.ofSeconds(5);

    static final Duration PERIOD = Duration.ofSeconds(1);

    /** How long before the end of the allocation no new attempt is taken, and all are stopped. */
    static final Duration DRAIN_BEFORE = Duration.ofSeconds(10);

    static final Duration STOP_BEFORE = Duration.ofSeconds(2);

    /** A heartbeat says how things are now; more than these under way would only pile up. */
    private static final int UNDER_WAY = 2;

    /** So many heartbeats are left out at most while the reader hands over what it has found. */
    private static final int PATIENCE = 3;

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
    private final LongSupplier looks;
    private final AtomicInteger underWay = new AtomicInteger();
    private boolean warned;
    private long lastLooks = -1;
    private int leftOut;

    /**
     * @param looks how often the worker has looked for assignments
     */
    Pulse(
            WorkerConfig config,
            LeaseTable leases,
            Reporter reporter,
            Owner owner,
            LongSupplier looks) {
        this.looks = looks;
        this.config = config;
        this.leases = leases;
        this.reporter = reporter;
        this.owner = owner;
    }

    /** Looks at the broker and the clock; never waits. */
    void look() {
        Duration silence = reporter.silence();
        if (silence.compareTo(config.orphanTimeout()) > 0) {
            owner.orphaned();
            return;
        }
        warnOnce(silence);
        if (ends(DRAIN_BEFORE) && !leases.draining()) {
            owner.drain();
        }
        if (ends(STOP_BEFORE)) {
            owner.walltime();
        }
    }

    /**
     * Says what the worker holds, unless the last two heartbeats are still under way. A lease that
     * has arrived and is not held yet would be denied: as long as the reader has not come back, up
     * to three heartbeats are left out.
     */
    void beat() {
        long seen = looks.getAsLong();
        if (seen == lastLooks && leftOut < PATIENCE) {
            leftOut++;
            return;
        }
        lastLooks = seen;
        leftOut = 0;
        if (underWay.get() < UNDER_WAY) {
            underWay.incrementAndGet();
            var unused =
                    reporter.heartbeat(leases.held(), leases.draining())
                            .whenComplete((_, _) -> underWay.decrementAndGet());
        }
    }

    private void warnOnce(Duration silence) {
        boolean lost = silence.compareTo(WORTH_A_WARNING) > 0;
        if (lost && !warned) {
            LOG.log(
                    Level.WARNING,
                    config.workerId()
                            + ": the broker is silent; without it the worker ends itself after "
                            + config.orphanTimeout().toSeconds()
                            + " s");
        }
        warned = lost;
    }

    private boolean ends(Duration within) {
        Instant end = config.endsAt();
        return end != null && !Instant.now().isBefore(end.minus(within));
    }
}
