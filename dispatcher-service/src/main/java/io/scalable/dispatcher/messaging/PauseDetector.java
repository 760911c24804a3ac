package io.scalable.dispatcher.messaging;

import java.time.Duration;

/**
 * Counts how often the process stood still for longer than a limit: was stopped, starved, or slept
 * with its machine. Whoever asks is a sign of life, so a thread that asks every now and then keeps
 * it from counting what only kept another thread busy; whoever asks first after a pause has it
 * counted. Thread-safe.
 */
final class PauseDetector {

    /** The clock of the processor may stand still while the machine sleeps, the calendar does not. */
    interface Clocks {

        /** Nanoseconds of a clock that only goes on. */
        long elapsedNanos();

        /** Milliseconds since 1970. */
        long wallMillis();
    }

    /** The clocks of this machine. */
    static final Clocks SYSTEM =
            new Clocks() {
                @Override
                public long elapsedNanos() {
                    return System.nanoTime();
                }

                @Override
                public long wallMillis() {
                    return System.currentTimeMillis();
                }
            };

    private final Duration limit;
    private final Clocks clocks;
    private long elapsed;
    private long wall;
    private int pauses;

    /**
     * @param limit shorter pauses do not count
     */
    PauseDetector(Duration limit, Clocks clocks) {
        this.limit = limit;
        this.clocks = clocks;
        this.elapsed = clocks.elapsedNanos();
        this.wall = clocks.wallMillis();
    }

    /** How many pauses there have been; a clock that was set forward counts as one. */
    synchronized int pauses() {
        long nanos = clocks.elapsedNanos();
        long millis = clocks.wallMillis();
        if (nanos - elapsed > limit.toNanos() || millis - wall > limit.toMillis()) {
            pauses++;
        }
        elapsed = nanos;
        wall = millis;
        return pauses;
    }
}
