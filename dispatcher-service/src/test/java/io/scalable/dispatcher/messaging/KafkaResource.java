package io.scalable.dispatcher.messaging;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.scalable.kafka.EmbeddedKafka;
import java.util.HashMap;
import java.util.Map;

/**
 * A broker for the service under test; the tests' own clients connect to it with {@link Client}.
 */
public final class KafkaResource implements QuarkusTestResourceLifecycleManager {

    private EmbeddedKafka kafka;

    @Override
    public Map<String, String> start() {
        kafka = EmbeddedKafka.startTemporary();
        var config = new HashMap<String, String>();
        kafka.clientProperties().forEach((key, value) -> config.put("kafka." + key, value));
        config.put("quarkus.http.test-port", "0");
        return config;
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(
                new Client(kafka.clientProperties()), new TestInjector.MatchesType(Client.class));
    }

    @Override
    public void stop() {
        if (kafka != null) {
            kafka.close();
        }
    }

    /** What a Kafka client needs to reach the broker. */
    record Client(Map<String, String> properties) {}
}
