package io.scalable.testkit;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The broker of a service's integration test, named by {@code @WithTestResource}. It is there
 * before the service starts, and the service is told of it. A test's field of this type receives
 * it.
 */
public class ServiceBroker implements QuarkusTestResourceLifecycleManager {

    private @Nullable TestBroker kafka;

    @Override
    public final Map<String, String> start() {
        TestBroker started = TestBroker.start();
        kafka = started;
        prepare();
        var config = new HashMap<String, String>();
        started.clientProperties().forEach((key, value) -> config.put("kafka." + key, value));
        config.put("quarkus.http.test-port", "0");
        config.putAll(settings());
        return config;
    }

    /** Puts on the topics what the service finds when it starts; by default nothing. */
    protected void prepare() {}

    /** Settings of the service beyond the broker's; by default none. */
    protected Map<String, String> settings() {
        return Map.of();
    }

    /** A new empty folder for the service, as a setting. */
    protected static String folder(String name) {
        try {
            Path folder = Files.createTempDirectory("scalable-" + name + "-");
            return folder.toString();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a folder for " + name, e);
        }
    }

    /** What a Kafka client needs to reach the broker. */
    public final Map<String, String> kafka() {
        TestBroker started = kafka;
        if (started == null) {
            throw new IllegalStateException("the broker has not been started");
        }
        return started.clientProperties();
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(ServiceBroker.class));
    }

    @Override
    public void stop() {
        TestBroker started = kafka;
        if (started != null) {
            started.close();
        }
    }
}
