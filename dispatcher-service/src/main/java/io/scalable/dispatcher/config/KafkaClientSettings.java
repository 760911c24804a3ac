package io.scalable.dispatcher.config;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;

/**
 * Every {@code kafka.*} setting, as a property of Kafka's clients; an environment variable such as
 * {@code KAFKA_SASL_MECHANISM} is one as well.
 */
final class KafkaClientSettings {

    private static final String PREFIX = "kafka.";
    private static final String VARIABLE_PREFIX = "KAFKA_";
    private static final String SERVERS = "bootstrap.servers";

    private KafkaClientSettings() {}

    static Map<String, String> of(Config config) {
        var found = new TreeMap<String, String>();
        for (String listed : config.getPropertyNames()) {
            String name =
                    listed.startsWith(VARIABLE_PREFIX)
                            ? listed.toLowerCase(Locale.ROOT).replace('_', '.')
                            : listed;
            if (name.startsWith(PREFIX)) {
                config.getOptionalValue(name, String.class)
                        .ifPresent(value -> found.put(name.substring(PREFIX.length()), value));
            }
        }
        if (!found.containsKey(SERVERS)) {
            throw new IllegalStateException(
                    "kafka.bootstrap.servers is not set: the dispatcher needs to know the brokers");
        }
        return found;
    }
}
