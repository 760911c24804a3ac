package io.scalable.provider.cloud.aws;

import java.time.Duration;

/**
 * How often AWS is asked.
 *
 * @param moving between listings while something is expected to change
 * @param steady between listings otherwise
 * @param longest the most that a wait grows to while calls fail
 * @param patience a listing older than this says nothing any more
 * @param settle how long lists may lack a task that is there: an earlier host's workers are looked
 *     for at least as long
 * @param stopTimeout seconds from SIGTERM to SIGKILL where tasks cannot be interrupted
 */
record AwsPacing(
        Duration moving,
        Duration steady,
        Duration longest,
        Duration patience,
        Duration settle,
        int stopTimeout) {

    static AwsPacing defaults() {
        return new AwsPacing(
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                Duration.ofMinutes(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(6),
                30);
    }
}
