package io.scalable.dispatcher.config;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.Startup;
import io.scalable.contracts.kafka.KafkaSettings;
import io.scalable.contracts.kafka.TopicAdmin;
import io.scalable.contracts.service.Loss;
import io.scalable.dispatcher.messaging.DispatcherHost;
import io.scalable.dispatcher.messaging.HostSettings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** Starts the dispatcher with the application and stops it with it. */
@Startup
@ApplicationScoped
public class DispatcherService {

    private final DispatcherConfig config;
    private final Config settings;
    private @Nullable DispatcherHost host;
    private final Loss loss = new Loss();

    DispatcherService(DispatcherConfig config, Config settings) {
        this.config = config;
        this.settings = settings;
    }

    @PostConstruct
    void start() {
        Map<String, String> kafka =
                KafkaSettings.of(
                        settings.getPropertyNames(),
                        name -> settings.getOptionalValue(name, String.class));
        if (config.ensureTopics()) {
            TopicAdmin.ensureShared(kafka, config.partitions());
        }
        host =
                DispatcherHost.start(
                        kafka,
                        new HostSettings(
                                config.threads(),
                                config.processingGuarantee(),
                                config.standbyReplicas(),
                                config.commitInterval(),
                                config.tick(),
                                config.stateDir().orElseGet(DispatcherService::temporary)),
                        this::lose);
    }

    /** Has {@code action} told, once, if the dispatcher cannot go on, and why. */
    public void onLoss(Consumer<String> action) {
        loss.onLoss(action);
    }

    private void lose(Throwable cause) {
        boolean first = loss.report("the dispatcher cannot go on: " + cause);
        if (first && config.exitOnLoss()) {
            Quarkus.asyncExit(1);
        }
    }

    /** True while the dispatcher has its partitions and works. */
    public boolean running() {
        return host != null && !loss.reported() && host.running();
    }

    @PreDestroy
    void stop() {
        if (host != null) {
            host.close();
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("scalable-dispatcher-");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary folder for the dispatcher", e);
        }
    }
}
