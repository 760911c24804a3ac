package io.scalable.provider.cloud.kubernetes;

import java.time.Duration;

/**
 * How patient a backend is.
 *
 * @param image how long a container may be unable to start before its worker is given up
 * @param stale how long the watch may be down before nothing is said any more; also how long a pod
 *     that was created may stay unseen before it is looked up
 * @param renewal how old a watch may grow
 * @param hearing how long after the first listing a running worker is given to be heard, before it
 *     counts as not ready
 * @param force from killing a worker to taking its pod away without its node's word
 * @param overdue how long a pod may outstay the time it was given to end
 * @param firstWait before the next call after one that failed
 * @param longestWait the most that this wait doubles to
 * @param parallel calls at a time
 */
record KubernetesPacing(
        Duration image,
        Duration stale,
        Duration renewal,
        Duration hearing,
        Duration force,
        Duration overdue,
        Duration firstWait,
        Duration longestWait,
        int parallel) {

    static KubernetesPacing defaults() {
        return new KubernetesPacing(
                Duration.ofMinutes(2),
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Duration.ofSeconds(15),
                Duration.ofSeconds(10),
                Duration.ofMinutes(1),
                Duration.ofSeconds(2),
                Duration.ofMinutes(1),
                4);
    }

    /** The wait after {@code failures} (0 or more) failures before. */
    Duration wait(int failures) {
        Duration wait = firstWait.multipliedBy(1L << Math.min(failures, 10));
        return wait.compareTo(longestWait) < 0 ? wait : longestWait;
    }
}
