package io.scalable.provider.kafka;

import static io.scalable.provider.Deployments.START;
import static io.scalable.provider.Deployments.aDeployment;
import static io.scalable.provider.Deployments.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.kafka.KafkaClients;
import io.scalable.contracts.kafka.TopicAdmin;
import io.scalable.contracts.kafka.TopicRecord;
import io.scalable.contracts.kafka.TopicRecords;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.service.ServiceEvent.DeploymentSetAside;
import io.scalable.contracts.service.ServiceEvent.ProviderHostSeen;
import io.scalable.contracts.topic.DeadLetter;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.Launch;
import io.scalable.contracts.worker.Launch.Step;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRequested;
import io.scalable.provider.FakeProvider;
import io.scalable.provider.ProviderStage;
import io.scalable.testkit.TestBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The ledger and the loop on a real broker. */
@Timeout(90)
class ProviderKafkaIT {

    private static final JsonCodec<DeploymentSpec> SPECS = JsonCodec.of(DeploymentSpec.class);
    private static final JsonCodec<ScalePlan> PLANS = JsonCodec.of(ScalePlan.class);
    private static final int PARTITIONS = 3;

    private static TestBroker broker;
    private static Map<String, String> kafka;
    private static KafkaProducer<byte[], byte[]> producer;

    @BeforeAll
    static void startBroker() {
        broker = TestBroker.start();
        kafka = broker.clientProperties();
        try (var admin = new TopicAdmin(kafka)) {
            admin.ensureShared(PARTITIONS);
        }
        producer = KafkaClients.producer(kafka, "test", Map.of());
    }

    @AfterAll
    static void stopBroker() {
        producer.close();
        broker.close();
    }

    @Test
    void anotherProcessReadsTheNewestEntryOfEveryWorkerThatIsNotForgotten() {
        var ledger = new KafkaLaunchLedger(kafka, producer);
        ledger.write(List.of(launch(1, Step.INTENDED), launch(2, Step.INTENDED)));
        ledger.write(List.of(launch(1, Step.LAUNCHED), launch(3, Step.INTENDED)));
        ledger.forget(List.of("d-a-2"));
        send(Topics.LAUNCHES, "d-a-4", "{");

        assertThat(new KafkaLaunchLedger(kafka, producer).read())
                .containsExactlyInAnyOrder(launch(1, Step.LAUNCHED), launch(3, Step.INTENDED));
        ledger.forget(List.of("d-a-1", "d-a-3", "d-a-4"));
    }

    @Test
    void whatIsWrongWithOneRecordOrDeploymentTouchesThatAlone() {
        var provider = new FakeProvider();
        provider.breakOn("bad", true);
        var spec = aDeployment("before").pool(ProviderStage.STEADY, 2).build();
        // Ended before the loop began: nothing may be launched for it.
        publish(spec);
        publish(plan("before", 1, Map.of(ProviderStage.STEADY, 1)));
        send(Topics.DEPLOYMENTS, "before", null);

        try (var hears = consumer();
                var loop =
                        ProviderLoop.start(
                                kafka,
                                "this-host",
                                ProviderLoop.From.BEGINNING,
                                new Hosting(_ -> List.of(provider), null))) {
            send(Topics.DEPLOYMENTS, "garbage", "{");
            send(Topics.DEPLOYMENTS, "hostless", withoutHost(spec));
            publish(aDeployment("bad").pool(ProviderStage.STEADY, 2).build());
            publish(aDeployment("good").pool(ProviderStage.STEADY, 2).build());
            publish(plan("good", 1, Map.of(ProviderStage.STEADY, 1)));

            var told = new ArrayList<Record>();
            awaitAll(
                    hears,
                    told,
                    List.of(
                            r -> r instanceof DeadLetter letter && "garbage".equals(letter.key()),
                            r ->
                                    r instanceof DeadLetter letter
                                            && "hostless".equals(letter.key())
                                            && letter.reason().contains("providerHost"),
                            r ->
                                    r instanceof DeploymentSetAside aside
                                            && aside.deploymentId().equals("bad"),
                            r ->
                                    r instanceof ProviderHostSeen seen
                                            && seen.hostId().equals("this-host")
                                            && seen.providers().equals(List.of("fake")),
                            r ->
                                    r instanceof WorkerRequested worker
                                            && worker.workerId().equals("good-steady-1")));
            assertThat(loop.state()).isEqualTo(new LoopState.Serving());
            assertThat(told)
                    .noneMatch(
                            r ->
                                    r instanceof WorkerRequested worker
                                            && worker.deploymentId().equals("before"));
        }
    }

    /** Reads on until each of {@code wanted} was told. */
    private static void awaitAll(
            KafkaConsumer<byte[], byte[]> hears,
            List<Record> told,
            List<Predicate<Record>> wanted) {
        await().atMost(Duration.ofSeconds(30))
                .pollInSameThread()
                .untilAsserted(
                        () -> {
                            for (var record : hears.poll(Duration.ofMillis(100))) {
                                if (TopicRecords.decode(
                                                record.topic(), record.key(), record.value())
                                        instanceof TopicRecord.Present(var _, Record body)) {
                                    told.add(body);
                                }
                            }
                            assertThat(wanted).allSatisfy(one -> assertThat(told).anyMatch(one));
                        });
    }

    private static KafkaConsumer<byte[], byte[]> consumer() {
        var consumer = KafkaClients.consumer(kafka, "test", Map.of());
        var partitions = new ArrayList<TopicPartition>();
        for (String topic :
                List.of(Topics.DEAD_LETTERS, Topics.SERVICE_EVENTS, Topics.WORKER_LIFECYCLE)) {
            for (int i = 0; i < PARTITIONS; i++) {
                partitions.add(new TopicPartition(topic, i));
            }
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    private static String withoutHost(DeploymentSpec spec) {
        return SPECS.encodeToString(spec).replaceFirst("\"providerHost\":\"[^\"]*\",", "");
    }

    private static void publish(DeploymentSpec spec) {
        send(Topics.DEPLOYMENTS, spec.deploymentId(), SPECS.encodeToString(spec));
    }

    private static void publish(ScalePlan plan) {
        send(Topics.SCALE_PLANS, plan.deploymentId(), PLANS.encodeToString(plan));
    }

    private static void send(String topic, String key, String value) {
        byte[] body = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
        var unused =
                producer.send(
                        new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), body));
        producer.flush();
    }

    private static Launch launch(int ordinal, Step step) {
        return new Launch("d", "a", "d-a-" + ordinal, ordinal, step, null, START);
    }
}
