package io.scalable.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {

    private static final String TOPIC = "greetings";

    @TempDir Path folder;

    @Test
    void aClientWithCredentialsProducesAndConsumes() throws Exception {
        try (var kafka = EmbeddedKafka.startTemporary()) {
            write(kafka, "hello");

            assertThat(read(kafka.clientProperties())).isEqualTo("hello");
        }
    }

    @Test
    void aClientWithTheWrongSecretIsRefused() {
        try (var kafka = EmbeddedKafka.startTemporary()) {
            var stranger = new Credentials(EmbeddedKafka.USER, "guessedsecret");
            try (var admin =
                    Admin.create(Map.copyOf(stranger.clientProperties(kafka.bootstrapServers())))) {
                assertThatThrownBy(() -> admin.describeCluster().nodes().get())
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(SaslAuthenticationException.class);
            }
        }
    }

    @Test
    void aClientWithoutCredentialsIsServedByNeitherListener() {
        try (var kafka = EmbeddedKafka.startTemporary()) {
            assertNotServed("bootstrap.servers", kafka.port());
            assertNotServed("bootstrap.controllers", kafka.controllerPort());
        }
    }

    private static void assertNotServed(String way, int port) {
        try (var stranger =
                Admin.create(
                        Map.of(
                                way,
                                EmbeddedKafkaOptions.LOOPBACK + ":" + port,
                                "default.api.timeout.ms",
                                "1500",
                                "request.timeout.ms",
                                "1000"))) {
            assertThatThrownBy(() -> stranger.describeCluster().nodes().get())
                    .hasCauseInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void twoBrokersRunInOneJvm() throws Exception {
        try (var one = EmbeddedKafka.startTemporary();
                var two = EmbeddedKafka.startTemporary()) {
            write(one, "to one");
            write(two, "to two");

            assertThat(one.bootstrapServers()).isNotEqualTo(two.bootstrapServers());
            assertThat(one.secret()).isNotEqualTo(two.secret());
            assertThat(read(one.clientProperties())).isEqualTo("to one");
            assertThat(read(two.clientProperties())).isEqualTo("to two");
        }
    }

    @Test
    void aResumedBrokerHasItsPortAndRecordsAgain() throws Exception {
        EmbeddedKafkaOptions options = EmbeddedKafkaOptions.in(folder.resolve("data"));
        Map<String, String> client;
        try (var kafka = EmbeddedKafka.start(options)) {
            write(kafka, "kept");
            client = kafka.clientProperties();
        }
        try (var kafka =
                EmbeddedKafka.start(EmbeddedKafkaOptions.again(options.dataDir(), client))) {
            assertThat(kafka.clientProperties()).isEqualTo(client);
            assertThat(read(client)).isEqualTo("kept");
        }
    }

    @Test
    void aUsedFolderWithoutItsSecretIsRefused() {
        EmbeddedKafkaOptions options = EmbeddedKafkaOptions.in(folder.resolve("data"));
        EmbeddedKafka.start(options).close();

        assertThatThrownBy(() -> EmbeddedKafka.start(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("earlier broker");
    }

    @Test
    void aTakenPortIsSaidSo() throws Exception {
        try (var taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(EmbeddedKafkaOptions.LOOPBACK, 0));
            var options = EmbeddedKafkaOptions.in(folder).withPort(taken.getLocalPort());

            assertThatThrownBy(() -> EmbeddedKafka.start(options))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("cannot listen on 127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void aFullDiskIsToldOnceWithTheFolder() throws Exception {
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=24m", "none", folder.toString()) == 0);
        try {
            Path data = folder.resolve("data");
            var said = new LinkedBlockingQueue<String>();
            try (var kafka = EmbeddedKafka.start(EmbeddedKafkaOptions.in(data))) {
                write(kafka, "before");
                kafka.onLoss(said::add);
                int unused = run("sh", "-c", "cat /dev/zero > " + folder + "/fill 2>/dev/null");
                send(kafka.clientProperties(), "x".repeat(100_000));

                assertThat(said.poll(30, TimeUnit.SECONDS))
                        .contains("the broker cannot go on: no room is left in its folder " + data);
            }
            assertThat(said).as("told once").isEmpty();
        } finally {
            int unused = run("umount", "-l", folder.toString());
        }
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command).start().waitFor();
    }

    /** Without waiting for it to arrive. */
    private static void send(Map<String, String> clients, String value) {
        var properties = new HashMap<String, Object>(clients);
        properties.put("max.block.ms", "10000");
        try (var producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            var unused = producer.send(new ProducerRecord<>(TOPIC, value));
            producer.close(Duration.ofSeconds(2));
        }
    }

    @Test
    void closeFreesThePortEndsTheThreadsAndDeletesTheFolder() throws Exception {
        Set<Thread> before = livingThreads();
        Path data = folder.resolve("data");
        var kafka = EmbeddedKafka.start(EmbeddedKafkaOptions.in(data).withDeleteOnClose(true));
        write(kafka, "gone soon");
        int port = kafka.port();

        kafka.close();
        kafka.close();

        assertThat(Files.exists(data)).isFalse();
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(EmbeddedKafkaOptions.LOOPBACK, port));
        }
        assertThat(livingThreads()).isSubsetOf(before);
    }

    /** Those that would keep the JVM from ending. */
    private static Set<Thread> livingThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon())
                .collect(Collectors.toSet());
    }

    private static void write(EmbeddedKafka kafka, String value) throws Exception {
        var properties = new HashMap<String, Object>(kafka.clientProperties());
        try (var admin = Admin.create(properties)) {
            admin.createTopics(List.of(new NewTopic(TOPIC, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
        try (var producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, value)).get();
        }
    }

    private static String read(Map<String, String> client) {
        var properties = new HashMap<String, Object>(client);
        properties.put("group.id", "readers");
        properties.put("auto.offset.reset", "earliest");
        try (var consumer =
                new KafkaConsumer<>(
                        properties, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(TOPIC));
            var records = consumer.poll(Duration.ofSeconds(60));
            return records.iterator().next().value();
        }
    }
}
