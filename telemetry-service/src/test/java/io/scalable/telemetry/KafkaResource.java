package io.scalable.telemetry;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.scalable.kafka.EmbeddedKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;

/** A broker and an empty data folder for the service under test. */
public final class KafkaResource implements QuarkusTestResourceLifecycleManager {

    private EmbeddedKafka kafka;

    @Override
    public Map<String, String> start() {
        kafka = EmbeddedKafka.startTemporary();
        var config = new HashMap<String, String>();
        kafka.clientProperties().forEach((key, value) -> config.put("kafka." + key, value));
        config.put("scalable.telemetry.data-dir", dataDir());
        config.put("scalable.telemetry.start-delay", "PT0.5S");
        config.put("scalable.telemetry.token", TelemetryIT.TOKEN);
        config.put("quarkus.http.test-port", "0");
        return config;
    }

    private static String dataDir() {
        try {
            return Files.createTempDirectory("scalable-telemetry-").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (kafka != null) {
            kafka.close();
        }
    }
}
