package io.scalable.dispatcher.config;

import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;

/** Every {@code kafka.*} setting, as a property of Kafka's clients. */
final class KafkaClientSettings {

    private static final String PREFIX = "kafka.";
    private static final String SERVERS = "bootstrap.servers";

    private KafkaClientSettings() {}

    static Map<String, String> of(Config config) {
        var found = new TreeMap<String, String>();
        for (String name : config.getPropertyNames()) {
            if (name.startsWith(PREFIX)) {
                config.getOptionalValue(name, String.class)
                        .ifPresent(value -> found.put(name.substring(PREFIX.length()), value));
            }
        }
        // An environment variable answers to this name without being listed by it.
        config.getOptionalValue(PREFIX + SERVERS, String.class)
                .ifPresent(servers -> found.put(SERVERS, servers));
        if (!found.containsKey(SERVERS)) {
            throw new IllegalStateException(
                    "kafka.bootstrap.servers is not set: the dispatcher needs to know the brokers");
        }
        return found;
    }
}
