package io.scalable.provider.slurm;

import io.scalable.provider.platform.Traits;
import java.time.Duration;

/**
 * How a Slurm is treated. Many sites put a cache before squeue that is up to a minute old, and
 * their controllers take up a submission long after sbatch has given up.
 */
final class SlurmTraits {

    /** Between two listings while nothing happens. */
    static final Duration POLL = Duration.ofSeconds(60);

    private SlurmTraits() {}

    /**
     * @param poll the longest time between two listings
     */
    static Traits of(Duration poll) {
        return new Traits(
                false,
                500,
                1,
                1,
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Duration.ofMinutes(3),
                Duration.ofSeconds(2),
                poll,
                Duration.ofSeconds(60),
                poll.multipliedBy(3),
                Duration.ofMinutes(1));
    }
}
