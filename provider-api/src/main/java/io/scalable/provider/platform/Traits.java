package io.scalable.provider.platform;

import java.time.Duration;

/**
 * What a platform promises, and how often it may be asked.
 *
 * @param idempotent true if a launch that is repeated starts nothing more
 * @param batch the most workers in one launch
 * @param launchesAtOnce calls of launch at the same time
 * @param launchesPerSecond calls of launch in a second, in the long run
 * @param visibility how long a listing may lack what was launched
 * @param settle a listing that begins so long after a launch without an answer tells whether it was
 *     made
 * @param gone what listings lack for so long, and nobody hears of, is gone
 * @param soon from a launch, an end or a change to the next listing; twice as long after each
 *     listing that follows
 * @param steady the longest time between two listings
 * @param longest the most that a wait grows to while the platform fails
 * @param patience a listing older than this says nothing any more; more than {@code steady}
 * @param again an end that has not come about is asked for again after this
 */
public record Traits(
        boolean idempotent,
        int batch,
        int launchesAtOnce,
        double launchesPerSecond,
        Duration visibility,
        Duration settle,
        Duration gone,
        Duration soon,
        Duration steady,
        Duration longest,
        Duration patience,
        Duration again) {

    public Traits {
        if (batch < 1
                || launchesAtOnce < 1
                || launchesPerSecond <= 0
                || soon.isNegative()
                || soon.isZero()
                || steady.compareTo(soon) < 0
                || longest.compareTo(soon) < 0
                || patience.compareTo(steady) < 0) {
            throw new IllegalArgumentException(
                    "wanted batch, launchesAtOnce >= 1, launchesPerSecond > 0, 0 < soon <= steady"
                            + " <= patience, soon <= longest");
        }
    }
}
