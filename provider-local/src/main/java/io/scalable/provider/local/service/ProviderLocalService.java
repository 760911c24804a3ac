package io.scalable.provider.local.service;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.scalable.contracts.kafka.TopicAdmin;
import io.scalable.provider.ProviderHost;
import io.scalable.provider.local.service.config.ProviderLocalConfig;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Starts and ends the provider's loop with the application. */
@ApplicationScoped
public class ProviderLocalService {

    private final ProviderLocalConfig config;
    private final Map<String, String> kafka;
    private @Nullable ProviderThread loop;

    @Inject
    public ProviderLocalService(
            ProviderLocalConfig config,
            @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.config = config;
        this.kafka = KafkaProperties.of(kafka);
    }

    /** Hands work to the loop's thread; completes when it is done. */
    public CompletionStage<Void> submit(Consumer<ProviderHost> work) {
        if (loop == null) {
            throw new IllegalStateException("provider-local has not started yet");
        }
        return loop.submit(work);
    }

    /** Before any channel opens: topics are made by us, and the ledger is read first. */
    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        if (config.ensureTopics()) {
            TopicAdmin.ensureShared(kafka, config.partitions());
        }
        loop = ProviderThread.start(config, kafka);
    }

    void stop(@Observes ShutdownEvent event) {
        if (loop != null) {
            loop.close();
        }
    }
}
