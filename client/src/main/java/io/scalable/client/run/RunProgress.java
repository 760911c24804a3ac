package io.scalable.client.run;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a run is.
 *
 * @param elapsed since it started
 * @param pools one for every component, in manifest order
 * @param remaining how long the submitted tasks will still take, by the durations seen so far or by
 *     the plan; null if nothing is known yet
 * @param waiting what it waits for, in one line, where that is out of the ordinary; null otherwise
 */
public record RunProgress(
        Duration elapsed,
        List<PoolProgress> pools,
        @Nullable Duration remaining,
        @Nullable String waiting) {
    public RunProgress {
        pools = List.copyOf(pools);
    }

    /** Of a run that waits for nothing out of the ordinary. */
    public RunProgress(Duration elapsed, List<PoolProgress> pools, @Nullable Duration remaining) {
        this(elapsed, pools, remaining, null);
    }

    /** The same, waiting for something. */
    RunProgress waitingFor(@Nullable String what) {
        return new RunProgress(elapsed, pools, remaining, what);
    }

    /** Tasks submitted so far, over all pools. */
    public int total() {
        return pools.stream().mapToInt(PoolProgress::total).sum();
    }

    /** Tasks that have ended, over all pools. */
    public int ended() {
        return pools.stream().mapToInt(p -> p.total() - p.remaining()).sum();
    }
}
