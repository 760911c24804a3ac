package io.scalable.dispatcher.messaging;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How the dispatcher is hosted.
 *
 * @param threads stream threads, 1 or more
 * @param processingGuarantee {@code at_least_once} or {@code exactly_once_v2}
 * @param standbyReplicas copies of the state with other instances, 0 or more
 * @param commitInterval how often progress is committed
 * @param tick how often timers are looked at
 * @param stateDir a folder of this instance alone; holds no data that is needed again
 */
public record HostSettings(
        int threads,
        String processingGuarantee,
        int standbyReplicas,
        Duration commitInterval,
        Duration tick,
        Path stateDir) {

    /** The usual settings. */
    public static HostSettings in(Path stateDir) {
        return new HostSettings(
                1, "at_least_once", 0, Duration.ofSeconds(1), Duration.ofMillis(100), stateDir);
    }
}
