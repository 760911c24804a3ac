package io.scalable.planner.config;

import io.quarkus.runtime.StartupEvent;
import io.scalable.contracts.kafka.TopicAdmin;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;

/** Makes sure of the topics before the channels, which start at priority 1000, read them. */
@ApplicationScoped
class PlannerTopics {

    private static final int BEFORE_CHANNELS = 100;

    private final PlannerConfig config;
    private final Map<String, Object> kafka;

    PlannerTopics(
            PlannerConfig config, @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.config = config;
        this.kafka = kafka;
    }

    void ensure(@Observes @Priority(BEFORE_CHANNELS) StartupEvent start) {
        if (config.ensureTopics()) {
            TopicAdmin.ensureShared(kafka, config.partitions());
        }
    }
}
