package io.scalable.client.run;

import java.time.Duration;

/**
 * How long something has lasted, by the time in which this process looked: while it was stopped,
 * asleep or paused it saw nothing, and nothing can be said of that time. Not thread-safe.
 */
final class LookedTime {

    /** The most that lies between two looks of a process that runs, on a machine that is busy. */
    private static final long LONGEST_LOOK_NANOS = Duration.ofSeconds(1).toNanos();

    private long lastLook;
    private long nanos;

    /**
     * @param now of a clock that nobody sets, nanoseconds
     */
    LookedTime(long now) {
        this.lastLook = now;
    }

    /** It lasts on, or is over: then it begins anew. */
    void look(long now, boolean lasts) {
        nanos = lasts ? nanos + Math.clamp(now - lastLook, 0, LONGEST_LOOK_NANOS) : 0;
        lastLook = now;
    }

    /** It begins anew. */
    void restart(long now) {
        look(now, false);
    }

    Duration lasted() {
        return Duration.ofNanos(nanos);
    }

    boolean atLeast(Duration time) {
        return nanos >= time.toNanos();
    }
}
