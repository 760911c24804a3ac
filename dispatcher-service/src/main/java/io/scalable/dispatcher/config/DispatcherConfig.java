package io.scalable.dispatcher.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of the dispatcher service. Where Kafka is, the properties {@code kafka.*} say. */
@ConfigMapping(prefix = "scalable.dispatcher")
public interface DispatcherConfig {

    /** Partitions of shared topics that this service makes because they are missing; 1 or more. */
    @WithDefault("4")
    int partitions();

    /** False where somebody else has made sure of the topics. */
    @WithDefault("true")
    boolean ensureTopics();

    /** Stream threads; 1 or more, and no more than partitions are of use. */
    @WithDefault("1")
    int threads();

    /**
     * {@code at_least_once}, or {@code exactly_once_v2}, whose commits add to the latency of every
     * task.
     */
    @WithDefault("at_least_once")
    String processingGuarantee();

    /** Copies of the state that other instances keep at hand; 0 or more. */
    @WithDefault("0")
    int standbyReplicas();

    /** How often progress is committed. */
    @WithDefault("1s")
    Duration commitInterval();

    /** How often timers are looked at; bounds how late demand and lost workers are noticed. */
    @WithDefault("100ms")
    Duration tick();

    /**
     * True ends the process with an error when the dispatcher cannot go on; false where others run
     * in it, who hear of it by {@link DispatcherService#onLoss}.
     */
    @WithDefault("true")
    boolean exitOnLoss();

    /** A folder of this instance alone; a temporary one where this is missing. */
    Optional<Path> stateDir();
}
