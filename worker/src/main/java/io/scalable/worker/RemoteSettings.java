package io.scalable.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.scalable.contracts.Json;
import java.io.IOException;
import java.util.Map;

/** Makes a {@link WorkerConfig} of what a remote worker finds in its environment. */
final class RemoteSettings {

    private static final TypeReference<Map<String, String>> PROPERTIES = new TypeReference<>() {};

    private RemoteSettings() {}

    /**
     * The settings in {@code environment}.
     *
     * @throws IOException if a variable is missing or is no JSON; the message never tells a value
     */
    static WorkerConfig of(Map<String, String> environment) throws IOException {
        var remote =
                Json.mapper()
                        .readValue(value(environment, RemoteConfig.VARIABLE), RemoteConfig.class);
        Map<String, String> kafka;
        try {
            kafka = Json.mapper().readValue(value(environment, RemoteConfig.KAFKA), PROPERTIES);
        } catch (JsonProcessingException e) {
            throw new IOException(RemoteConfig.KAFKA + " is no JSON object of texts");
        }
        return remote.config().withKafka(kafka);
    }

    private static String value(Map<String, String> environment, String name) throws IOException {
        String value = environment.get(name);
        if (value == null || value.isEmpty()) {
            throw new IOException("the environment variable " + name + " is not set");
        }
        return value;
    }
}
