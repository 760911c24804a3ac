package io.scalable.planner.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the planner service. Where Kafka is, {@code kafka.bootstrap.servers} says. */
@ConfigMapping(prefix = "scalable.planner")
public interface PlannerConfig {

    /** Partitions of shared topics that this service makes because they are missing; 1 or more. */
    @WithDefault("4")
    int partitions();

    /**
     * How long a lost instance's partitions wait for another one, an ISO-8601 duration; not below
     * the broker's {@code group.min.session.timeout.ms}.
     */
    @WithDefault("PT6S")
    Duration sessionTimeout();

    /** The longest wait between two tries of what cannot be written, an ISO-8601 duration. */
    @WithDefault("PT15S")
    Duration retryAtMost();

    /** False where somebody else has made sure of the topics. */
    @WithDefault("true")
    boolean ensureTopics();

    /**
     * Whether the process ends with an error if the planner cannot go on. False where others live in it,
     * who hear of it by {@link io.scalable.planner.messaging.PlannerService#onLoss}.
     */
    @WithDefault("true")
    boolean exitOnLoss();
}
