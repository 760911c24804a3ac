package io.scalable.provider.slurm;

import java.time.Duration;

/**
 * How often Slurm is asked.
 *
 * @param moving between two listings while jobs wait or end
 * @param steady between two listings while nothing changes
 * @param longest the most that a wait grows to while nobody answers or a limit is reached
 * @param patience a listing older than this says nothing any more
 * @param batch the most workers in one submission
 */
record SlurmPacing(
        Duration moving, Duration steady, Duration longest, Duration patience, int batch) {

    /** 2 s, 10 s, 60 s, 30 s, 500. */
    static SlurmPacing defaults() {
        return new SlurmPacing(
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                500);
    }
}
