package io.scalable.client.run;

import io.scalable.contracts.kafka.TopicAdmin;
import io.scalable.testkit.TestBroker;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The broker of a test class, with the topics that all services share. */
public final class SharedBroker implements BeforeAllCallback, AfterAllCallback {

    private TestBroker broker;

    @Override
    public void beforeAll(ExtensionContext context) {
        broker = TestBroker.start();
        TopicAdmin.ensureShared(broker.clientProperties(), 1);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        broker.close();
    }

    /** What a Kafka client needs to reach it. */
    public Map<String, String> kafka() {
        return broker.clientProperties();
    }
}
