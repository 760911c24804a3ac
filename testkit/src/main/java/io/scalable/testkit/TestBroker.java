package io.scalable.testkit;

import io.scalable.kafka.EmbeddedKafka;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The broker of an integration test, empty. The environment variable {@code SCALABLE_TEST_BROKER}
 * chooses it: {@code embedded} (the default) is in this JVM; {@code testcontainers} is Apache's
 * image in Docker; an address such as {@code localhost:9092} is a broker that is there for tests
 * alone: topics of Scalable on it are deleted first.
 */
public final class TestBroker implements AutoCloseable {

    private static final String CHOICE = "SCALABLE_TEST_BROKER";
    private static final DockerImageName IMAGE = DockerImageName.parse("apache/kafka:4.2.2");
    private static final String OURS = "scalable";
    private static final int PATIENCE_SECONDS = 30;

    private final Map<String, String> kafka;
    private final Runnable end;

    private TestBroker(Map<String, String> kafka, Runnable end) {
        this.kafka = kafka;
        this.end = end;
    }

    /** Starts the broker, or empties the one that is there. */
    public static TestBroker start() {
        String choice = System.getenv().getOrDefault(CHOICE, "embedded");
        return switch (choice) {
            case "embedded" -> embedded();
            case "testcontainers" -> container();
            default -> given(choice);
        };
    }

    private static TestBroker embedded() {
        EmbeddedKafka kafka = EmbeddedKafka.startTemporary();
        return new TestBroker(kafka.clientProperties(), kafka::close);
    }

    private static TestBroker container() {
        var kafka = new KafkaContainer(IMAGE).withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
        kafka.start();
        return new TestBroker(
                Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.getBootstrapServers()),
                kafka::stop);
    }

    private static TestBroker given(String address) {
        Map<String, String> kafka = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, address);
        try (Admin admin = Admin.create(Map.copyOf(kafka))) {
            List<String> ours =
                    admin.listTopics().names().get(PATIENCE_SECONDS, TimeUnit.SECONDS).stream()
                            .filter(topic -> topic.startsWith(OURS))
                            .toList();
            Void unused = admin.deleteTopics(ours).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(
                    "the broker at %s, named by %s, does not do".formatted(address, CHOICE), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return new TestBroker(kafka, () -> {});
    }

    /** What a Kafka client needs to reach it. */
    public Map<String, String> clientProperties() {
        return kafka;
    }

    @Override
    public void close() {
        end.run();
    }
}
