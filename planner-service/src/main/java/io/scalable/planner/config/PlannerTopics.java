package io.scalable.planner.config;

import io.quarkus.runtime.StartupEvent;
import io.scalable.contracts.kafka.KafkaSettings;
import io.scalable.contracts.kafka.TopicAdmin;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/** Where Kafka is; makes sure of the topics before anybody reads them. */
@ApplicationScoped
public class PlannerTopics {

    private static final int BEFORE_READERS = 100;

    private final PlannerConfig config;
    private final Map<String, String> kafka;

    public PlannerTopics(PlannerConfig config, Config settings) {
        this.config = config;
        this.kafka =
                KafkaSettings.of(
                        settings.getPropertyNames(),
                        name -> settings.getOptionalValue(name, String.class));
    }

    void ensure(@Observes @Priority(BEFORE_READERS) StartupEvent start) {
        if (config.ensureTopics()) {
            TopicAdmin.ensureShared(kafka, config.partitions());
        }
    }

    /** Properties of Kafka clients. */
    public Map<String, String> kafka() {
        return kafka;
    }
}
