package io.scalable.provider.cloud.aws;

import static io.scalable.provider.Deployments.HOST;
import static io.scalable.provider.Deployments.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.TextNode;
import io.scalable.contracts.Ids;
import io.scalable.contracts.Json;
import io.scalable.contracts.kafka.TopicAdmin;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerFailed;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRemoved;
import io.scalable.contracts.worker.WorkerReport;
import io.scalable.provider.Deployments;
import io.scalable.provider.InMemoryLaunchLedger;
import io.scalable.provider.ProviderHost;
import io.scalable.provider.RecordingSink;
import io.scalable.provider.backend.BackendUnavailableException;
import io.scalable.provider.backend.WorkerStatus.Running;
import io.scalable.provider.cloud.CloudSettings;
import io.scalable.provider.platform.ReportedWorkers;
import io.scalable.testkit.ADeployment;
import io.scalable.testkit.TestBroker;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real worker, started by ECS from its task definition, on a real broker. */
class AwsWorkerIT {

    @TempDir Path folder;

    @Test
    void theWorkerThatEcsStartsIsReadyAndLeavesInGoodOrder() throws IOException {
        Path runtime = runtime();
        String id = "worker-" + Ids.random(6);
        var reported = new ReportedWorkers();
        var sink = new RecordingSink();
        try (EcsServer server = EcsServer.start(folder);
                TestBroker broker = TestBroker.start()) {
            server.reset();
            prepare(broker, id);
            var settings =
                    new CloudSettings(
                            broker.clientProperties(), reported, InstantSource.system(), () -> {});
            var provider = new AwsProvider(settings, AwsStage.QUICK);
            ADeployment deployment = deployment(id, runtime);
            try (var reports = reports(broker);
                    var host =
                            new ProviderHost(
                                    HOST,
                                    List.of(provider),
                                    new InMemoryLaunchLedger(),
                                    sink,
                                    InstantSource.system())) {
                host.deploymentChanged(deployment.build());
                host.planChanged(plan(id, 1, Map.of("model", 1)));
                ThrowingRunnable ready =
                        () -> assertThat(isReady(provider, deployment, id)).isTrue();
                eventually(host, reports, reported, ready);

                host.deploymentEnded(id);

                eventually(host, reports, reported, () -> assertThat(host.idle()).isTrue());
            }
        }
        assertThat(sink.events(WorkerFailed.class)).isEmpty();
        assertThat(sink.workers(WorkerRemoved.class)).hasSize(1);
    }

    private static boolean isReady(AwsProvider provider, ADeployment deployment, String id) {
        try {
            var listing = provider.buildCluster(deployment.build()).backend().observe();
            return listing.get(Ids.workerId(id, "model", 1)) instanceof Running running
                    && running.ready();
        } catch (BackendUnavailableException e) {
            return false;
        }
    }

    private ADeployment deployment(String id, Path runtime) {
        return Deployments.aDeployment(id)
                .provider("aws")
                .option("image", TextNode.valueOf("example/model:1"))
                .option("subnets", TextNode.valueOf("subnet-1"))
                .option("security_groups", TextNode.valueOf("sg-1"))
                .option("execution_role_arn", TextNode.valueOf("arn:aws:iam::1:role/start"))
                .option("runtime", TextNode.valueOf("preinstalled"))
                .option("runtime_path", TextNode.valueOf(runtime.toString()))
                .pool("model", 1);
    }

    private static void prepare(TestBroker broker, String id) {
        try (var admin = new TopicAdmin(broker.clientProperties())) {
            admin.ensureShared(1);
            admin.createDeployment(id, 4);
        }
    }

    /** A folder as the runtime's image has it: this JVM's Java, and all jars of its class path. */
    private Path runtime() throws IOException {
        Path home = Files.createDirectories(folder.resolve("runtime"));
        Path lib = Files.createDirectories(home.resolve("lib"));
        Files.createDirectories(home.resolve("bin"));
        Files.createSymbolicLink(
                home.resolve("bin/java"), Path.of(System.getProperty("java.home"), "bin/java"));
        int number = 0;
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (entry.endsWith(".jar")) {
                Files.createSymbolicLink(
                        lib.resolve(number++ + ".jar"), Path.of(entry).toAbsolutePath());
            }
        }
        return home;
    }

    private static KafkaConsumer<String, byte[]> reports(TestBroker broker) {
        var consumer =
                new KafkaConsumer<>(
                        new HashMap<>(broker.clientProperties()),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
        List<PartitionInfo> partitions = consumer.partitionsFor(Topics.WORKER_REPORTS);
        var all =
                partitions.stream().map(p -> new TopicPartition(p.topic(), p.partition())).toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
        return consumer;
    }

    private static void hear(KafkaConsumer<String, byte[]> reports, ReportedWorkers reported) {
        reports.poll(Duration.ofMillis(20))
                .forEach(
                        record -> {
                            try {
                                boolean _ =
                                        reported.heard(
                                                Json.mapper()
                                                        .readValue(
                                                                record.value(),
                                                                WorkerReport.class));
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
    }

    private static void eventually(
            ProviderHost host,
            KafkaConsumer<String, byte[]> reports,
            ReportedWorkers reported,
            ThrowingRunnable check) {
        await().atMost(Duration.ofSeconds(90))
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .conditionEvaluationListener(
                        _ -> {
                            hear(reports, reported);
                            host.tick();
                        })
                .untilAsserted(check);
    }
}
