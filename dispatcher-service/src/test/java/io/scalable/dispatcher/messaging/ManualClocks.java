package io.scalable.dispatcher.messaging;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Clocks that a test sets. */
final class ManualClocks implements PauseDetector.Clocks {

    private final AtomicLong elapsed = new AtomicLong();
    private final AtomicLong wall = new AtomicLong();

    /** Time passes. */
    void pass(Duration time) {
        elapsed.addAndGet(time.toNanos());
        wall.addAndGet(time.toMillis());
    }

    /** The machine sleeps: its processor's clock stands still. */
    void sleep(Duration time) {
        wall.addAndGet(time.toMillis());
    }

    @Override
    public long elapsedNanos() {
        return elapsed.get();
    }

    @Override
    public long wallMillis() {
        return wall.get();
    }
}
