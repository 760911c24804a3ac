package io.scalable.client.run;

import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.WorkerLifecycle;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Deployments that outlive the program that publishes them. Not thread-safe. */
public final class Deployments {

    private static final JsonCodec<DeploymentSpec> SPEC = JsonCodec.of(DeploymentSpec.class);
    private static final JsonCodec<WorkerLifecycle> WORKER = JsonCodec.of(WorkerLifecycle.class);

    private final Map<String, String> kafka;
    private final Duration patience;

    /**
     * @param kafka Kafka client properties, {@code bootstrap.servers} at least
     * @param patience for the brokers to answer
     */
    public Deployments(Map<String, String> kafka, Duration patience) {
        this.kafka = Map.copyOf(kafka);
        this.patience = patience;
    }

    /**
     * Makes the deployment's topics and publishes it; again with the same id replaces it.
     *
     * @throws RunException if the brokers do not answer or refuse
     */
    public void publish(DeploymentSpec spec) {
        // Reading first: where no service has made the topics, nobody would serve it.
        Map<String, DeploymentSpec> unused = living();
        try (var link = new DeploymentLink(kafka, spec, patience)) {
            link.publish(spec);
        }
    }

    /**
     * The deployments that live, by id.
     *
     * @throws RunException if the brokers do not answer or refuse
     */
    public Map<String, DeploymentSpec> living() {
        var living = new TreeMap<String, DeploymentSpec>();
        TopicScan.read(
                kafka,
                Topics.DEPLOYMENTS,
                patience,
                record -> {
                    String id = new String(record.key(), StandardCharsets.UTF_8);
                    if (record.value() == null) {
                        living.remove(id);
                    } else {
                        living.put(id, SPEC.decode(record.value()));
                    }
                });
        return living;
    }

    /**
     * Ends a deployment: what runs is stopped, its workers leave, its topics go.
     *
     * @param leave how long to wait for the workers
     * @return the workers that were still there then
     * @throws RunException if the brokers do not answer or refuse
     */
    public List<String> end(DeploymentSpec spec, Duration leave) {
        String id = spec.deploymentId();
        var tally = new WorkerTally();
        try (var link = new DeploymentLink(kafka, spec, patience)) {
            link.end();
            Instant until = Instant.now().plus(leave);
            TopicScan.read(
                    kafka,
                    Topics.WORKER_LIFECYCLE,
                    patience,
                    record -> add(tally, record, id),
                    () -> tally.present().isEmpty() || Instant.now().isAfter(until));
            link.deleteTopics();
            return tally.present();
        }
    }

    private static void add(
            WorkerTally tally, ConsumerRecord<byte[], byte[]> record, String deploymentId) {
        if (record.key() != null
                && deploymentId.equals(new String(record.key(), StandardCharsets.UTF_8))) {
            tally.add(WORKER.decode(record.value()));
        }
    }
}
