package io.scalable.telemetry;

import io.scalable.testkit.ServiceBroker;
import java.util.Map;

/** A broker and an empty data folder for the service under test. */
public final class KafkaResource extends ServiceBroker {

    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "scalable.telemetry.data-dir",
                folder("telemetry"),
                "scalable.telemetry.start-delay",
                "PT0.5S",
                "scalable.telemetry.token",
                TelemetryIT.TOKEN);
    }
}
