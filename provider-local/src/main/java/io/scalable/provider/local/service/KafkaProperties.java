package io.scalable.provider.local.service;

import java.util.HashMap;
import java.util.Map;

/** The application's {@code kafka.*} settings as Kafka client properties. */
final class KafkaProperties {

    private KafkaProperties() {}

    static Map<String, String> of(Map<String, Object> settings) {
        var properties = new HashMap<String, String>();
        settings.forEach((key, value) -> properties.put(key, String.valueOf(value)));
        return properties;
    }
}
