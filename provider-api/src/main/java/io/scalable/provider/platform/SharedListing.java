package io.scalable.provider.platform;

import io.scalable.contracts.Backoff;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The newest listing of a platform, for all deployments that it runs: many that want one at the
 * same time make one call. While the platform fails, calls are further and further apart. Used by
 * the host's thread alone.
 */
public final class SharedListing {

    private final Platform platform;
    private final Lanes lanes;
    private final Backoff waits;
    private final DoubleSupplier random;
    private @Nullable Listing newest;
    private @Nullable PlatformException trouble;
    private Instant notBefore = Instant.MIN;
    private int failures;

    /**
     * @param executor runs what blocks
     * @param random from 0 to below 1
     * @param changed called by any thread when there is a listing
     */
    public SharedListing(
            Platform platform, Executor executor, DoubleSupplier random, Runnable changed) {
        this.platform = platform;
        this.lanes = new Lanes(executor, 1, changed);
        this.waits = new Backoff(platform.traits().soon(), platform.traits().longest());
        this.random = random;
    }

    /** The platform that is listed. */
    Platform platform() {
        return platform;
    }

    /** Sees to it that there is a listing that began at {@code due} or later, once that is due. */
    void want(Instant due, Instant now) {
        lanes.takeIn();
        Listing last = newest;
        boolean there = last != null && !last.began().isBefore(due);
        if (!there
                && !now.isBefore(due)
                && !now.isBefore(notBefore)
                && lanes.free(Lanes.Lane.LOOK)) {
            lanes.call(Lanes.Lane.LOOK, platform::list, answer -> take(answer, now));
        }
    }

    private void take(Answer<List<Sighting>> answer, Instant began) {
        switch (answer) {
            case Answer.Value<List<Sighting>>(var sightings) -> {
                newest = new Listing(began, sightings);
                trouble = null;
                failures = 0;
            }
            case Answer.Failure<List<Sighting>>(var problem) -> {
                trouble = problem;
                notBefore = began.plus(waits.delay(++failures, random.getAsDouble()));
            }
        }
    }

    /** The newest listing; null before the first. */
    @Nullable Listing newest() {
        return newest;
    }

    /** Why the platform cannot be asked; null if it answered last. */
    @Nullable PlatformException trouble() {
        return trouble;
    }
}
