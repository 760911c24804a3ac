package io.scalable.contracts.kafka;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The one way from a service's settings to the properties of its Kafka clients: every setting
 * {@code kafka.*}, less its prefix. An environment variable such as {@code KAFKA_SASL_MECHANISM} is
 * one as well.
 */
public final class KafkaSettings {

    private static final String PREFIX = "kafka.";
    private static final String VARIABLE_PREFIX = "KAFKA_";
    private static final String SERVERS = "bootstrap.servers";

    private KafkaSettings() {}

    /**
     * @param names the names of all settings
     * @param value the value of a setting by its name
     * @return client properties, {@code bootstrap.servers} at least
     * @throws IllegalStateException if the settings do not say where the brokers are
     */
    public static Map<String, String> of(
            Iterable<String> names, Function<String, Optional<String>> value) {
        var found = new TreeMap<String, String>();
        for (String listed : names) {
            String name =
                    listed.startsWith(VARIABLE_PREFIX)
                            ? listed.toLowerCase(Locale.ROOT).replace('_', '.')
                            : listed;
            if (name.startsWith(PREFIX)) {
                value.apply(name).ifPresent(v -> found.put(name.substring(PREFIX.length()), v));
            }
        }
        if (!found.containsKey(SERVERS)) {
            throw new IllegalStateException(
                    "kafka.bootstrap.servers is not set: the service needs to know the brokers");
        }
        return found;
    }
}
