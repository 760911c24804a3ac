package io.scalable.telemetry.messaging;

import io.quarkus.runtime.StartupEvent;
import io.scalable.telemetry.config.TelemetryStore;
import io.smallrye.reactive.messaging.ChannelRegistry;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Lets records in once there is a store for them; until then the channel is paused. */
@ApplicationScoped
class ChannelGate {

    /** The channels start at 1000. */
    private static final int AFTER_CHANNELS = 2000;

    void openWith(
            @Observes @Priority(AFTER_CHANNELS) StartupEvent start,
            TelemetryStore store,
            ChannelRegistry channels) {
        var _ =
                store.opened()
                        .thenRun(() -> channels.getPausable(HistoryConsumer.CHANNEL).resume());
    }
}
