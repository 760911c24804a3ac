package io.scalable.provider.local.service;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.scalable.contracts.kafka.KafkaSettings;
import io.scalable.contracts.kafka.TopicAdmin;
import io.scalable.contracts.service.Loss;
import io.scalable.provider.kafka.Hosting;
import io.scalable.provider.kafka.LoopState;
import io.scalable.provider.kafka.ProviderLoop;
import io.scalable.provider.local.LocalProvider;
import io.scalable.provider.local.LocalSettings;
import io.scalable.provider.local.service.config.ProviderLocalConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Starts and ends the provider loop with the application. A loop that cannot go on ends the
 * application with an error, unless somebody else is to decide.
 */
@ApplicationScoped
public class ProviderLocalService {

    private static final System.Logger LOG = System.getLogger(ProviderLocalService.class.getName());

    private final ProviderLocalConfig config;
    private final Map<String, String> kafka;
    private final Loss loss = new Loss();
    private volatile @Nullable ProviderLoop loop;

    ProviderLocalService(ProviderLocalConfig config, Config settings) {
        this.config = config;
        this.kafka =
                KafkaSettings.of(
                        settings.getPropertyNames(),
                        name -> settings.getOptionalValue(name, String.class));
    }

    /** How the loop fares. */
    public LoopState state() {
        ProviderLoop running = loop;
        return running == null ? new LoopState.Ended("not started") : running.state();
    }

    /**
     * Runs {@code action}, on any thread, if the loop ends before the application does; at once if
     * it has. It is handed the reason.
     */
    public void onLoss(Consumer<String> action) {
        loss.onLoss(action);
    }

    void start(@Observes StartupEvent event) {
        if (config.ensureTopics()) {
            TopicAdmin.ensureShared(kafka, config.partitions());
        }
        var settings =
                LocalSettings.of(config.workDir(), kafka)
                        .withJvmOptions(config.jvmOptions().orElse(List.of()));
        var hosting = new Hosting(changed -> List.of(new LocalProvider(settings, changed)), null);
        ProviderLoop started =
                ProviderLoop.start(kafka, config.host(), ProviderLoop.From.BEGINNING, hosting);
        loop = started;
        started.onLoss(this::lose);
    }

    private void lose(String reason) {
        boolean first = loss.report(reason);
        if (first && config.exitOnLoss()) {
            LOG.log(Level.ERROR, "provider-local ends: {0}", reason);
            Quarkus.asyncExit(1);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        ProviderLoop running = loop;
        if (running != null) {
            running.close();
        }
    }
}
