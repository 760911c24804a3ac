package io.scalable.planner.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the planner service. Where Kafka is, {@code kafka.bootstrap.servers} says. */
@ConfigMapping(prefix = "scalable.planner")
public interface PlannerConfig {

    /** Partitions of shared topics that this service makes because they are missing; 1 or more. */
    @WithDefault("4")
    int partitions();

    /** False where somebody else has made sure of the topics. */
    @WithDefault("true")
    boolean ensureTopics();
}
