package io.scalable.client.run;

import io.scalable.contracts.Limits;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;

/** How long a driver's Kafka clients try before they give up. */
final class KafkaPatience {

    private KafkaPatience() {}

    /** The settings for calls that give up after {@code patience}. */
    static Map<String, String> impatient(Map<String, String> kafka, Duration patience) {
        var settings = new HashMap<>(kafka);
        String limit = Long.toString(patience.toMillis());
        settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, limit);
        settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, limit);
        return settings;
    }

    /**
     * The own settings of a producer of which a first record must get through within {@code
     * connect}, and later ones within {@code delivery}: a broker may be away for that long.
     */
    static Map<String, String> producer(Duration connect, Duration delivery) {
        int largest = Limits.TASK_RECORD_BYTES + Limits.RECORD_OVERHEAD_BYTES;
        return Map.of(
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(largest),
                ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(connect.toMillis()),
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        Long.toString(Math.max(delivery.toMillis(), connect.toMillis() + 60_000)));
    }
}
