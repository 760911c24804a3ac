package io.scalable.provider.cloud.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.kafka.TopicAdmin;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.Assignment;
import io.scalable.contracts.worker.Assignment.DrainRequested;
import io.scalable.contracts.worker.WorkerReport;
import io.scalable.contracts.worker.WorkerReportRecord;
import io.scalable.provider.Deployments;
import io.scalable.provider.backend.BackendUnavailableException;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.backend.WorkerBackend;
import io.scalable.provider.backend.WorkerStatus;
import io.scalable.provider.backend.WorkerStatus.Exited;
import io.scalable.provider.backend.WorkerStatus.Running;
import io.scalable.provider.cloud.CloudSettings;
import io.scalable.provider.platform.ReportedWorkers;
import io.scalable.testkit.TestBroker;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worker itself in a pod: told by its environment alone, heard through the broker. */
class RealWorkerIT {

    private static final Pattern NEEDED =
            Pattern.compile(
                    "(scalable-(worker|contracts)|kafka-clients|jackson-|slf4j-api|jspecify).*\\.jar");

    @TempDir Path home;

    private final ReportedWorkers reported = new ReportedWorkers();
    private RealCluster cluster;
    private TestBroker kafka;
    private KafkaConsumer<byte[], byte[]> reports;
    private DeploymentSpec deployment;
    private WorkerBackend backend;

    @BeforeEach
    void begin() throws IOException {
        String[] label = RealCluster.required("SCALABLE_TEST_KUBE_PROCESSES").split("=");
        cluster = RealCluster.open();
        kafka = TestBroker.start();
        layOutRuntime();
        deployment =
                Deployments.aDeployment("d")
                        .provider("kubernetes")
                        .option("namespace", new TextNode(cluster.namespace))
                        .option("image", new TextNode("none"))
                        .option("runtime", new TextNode("preinstalled"))
                        .option("runtime_path", new TextNode(home.toString()))
                        .option(
                                "node_selector",
                                JsonNodeFactory.instance.objectNode().put(label[0], label[1]))
                        .pool("model", 4)
                        .build();
        try (var admin = new TopicAdmin(kafka.clientProperties())) {
            admin.ensureShared(1);
            admin.createDeployment("d", deployment.assignmentPartitions());
        }
        listen();
        var settings =
                new CloudSettings(
                        kafka.clientProperties(), reported, InstantSource.system(), () -> {});
        String kubeconfig = RealCluster.required("SCALABLE_TEST_KUBECONFIG");
        backend =
                new KubernetesProvider("kubernetes", settings, _ -> RealCluster.client(kubeconfig))
                        .buildCluster(deployment)
                        .backend();
    }

    @AfterEach
    void end() {
        if (backend != null) {
            backend.close();
            reports.close();
        }
        if (kafka != null) {
            kafka.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void aWorkerReportsDrainsAndLeaves() throws Exception {
        LaunchOrder first = order(1);
        backend.launch(first);
        backend.launch(order(2));
        becomesReady("d-model-1");
        becomesReady("d-model-2");

        drain(first);

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () ->
                                assertThat(look().get("d-model-1"))
                                        .isInstanceOfSatisfying(
                                                Exited.class,
                                                e -> {
                                                    assertThat(e.code()).isZero();
                                                    assertThat(e.wasReady()).isTrue();
                                                }));
        backend.terminate("d-model-2");
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(look().get("d-model-2")).isInstanceOf(Exited.class));
        assertThat(reported.hasLeft("d-model-2")).isTrue();
    }

    private LaunchOrder order(int ordinal) {
        return LaunchOrder.of(
                deployment,
                deployment.component("model").orElseThrow(),
                "d-model-" + ordinal,
                ordinal);
    }

    private void becomesReady(String workerId) {
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(
                        () ->
                                assertThat(look().get(workerId))
                                        .isInstanceOfSatisfying(
                                                Running.class,
                                                r -> assertThat(r.ready()).isTrue()));
    }

    /** Hears what workers say, then asks the backend. */
    private Map<String, WorkerStatus> look() {
        JsonCodec<WorkerReportRecord> codec = JsonCodec.of(WorkerReportRecord.class);
        reports.poll(Duration.ofMillis(50))
                .forEach(
                        record -> {
                            if (codec.decode(record.value()) instanceof WorkerReport report) {
                                boolean unused = reported.heard(report);
                            }
                        });
        try {
            return backend.observe();
        } catch (BackendUnavailableException e) {
            return Map.of();
        }
    }

    private void listen() {
        reports =
                new KafkaConsumer<>(
                        new HashMap<>(kafka.clientProperties()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        var partition = new TopicPartition(Topics.WORKER_REPORTS, 0);
        reports.assign(List.of(partition));
        reports.seekToBeginning(List.of(partition));
    }

    private void drain(LaunchOrder order) throws Exception {
        try (var producer =
                new KafkaProducer<>(
                        new HashMap<String, Object>(kafka.clientProperties()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            byte[] key = order.workerId().getBytes(StandardCharsets.UTF_8);
            byte[] drain =
                    JsonCodec.of(Assignment.class)
                            .encode(new DrainRequested(order.workerId(), "done"));
            var unused =
                    producer.send(
                                    new ProducerRecord<>(
                                            Topics.assignments("d"), order.partition(), key, drain))
                            .get();
        }
    }

    /** This Java and the worker's jars, where a runtime's image has them. */
    private void layOutRuntime() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Files.createSymbolicLink(Files.createDirectory(home.resolve("bin")).resolve("java"), java);
        Path lib = Files.createDirectory(home.resolve("lib"));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path jar = Path.of(entry).toAbsolutePath();
            String name = jar.getFileName().toString();
            if (NEEDED.matcher(name).matches()) {
                Files.createSymbolicLink(lib.resolve(name), jar);
            }
        }
    }
}
