package io.scalable.provider.local.service;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.scalable.kafka.EmbeddedKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;

/** A broker for the service under test, and a folder to work in. */
public final class Broker implements QuarkusTestResourceLifecycleManager {

    private EmbeddedKafka kafka;

    @Override
    public Map<String, String> start() {
        kafka = EmbeddedKafka.startTemporary();
        var config = new HashMap<String, String>();
        kafka.clientProperties().forEach((key, value) -> config.put("kafka." + key, value));
        config.put("scalable.provider-local.work-dir", workDir());
        config.put("quarkus.http.test-port", "0");
        return config;
    }

    @Override
    public void stop() {
        kafka.close();
    }

    private static String workDir() {
        try {
            return Files.createTempDirectory("scalable-provider-local-").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
