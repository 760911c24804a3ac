package io.scalable.client.run;

import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.kafka.KafkaClients;
import io.scalable.contracts.kafka.SchemaHeader;
import io.scalable.contracts.kafka.TopicAdmin;
import io.scalable.contracts.scaling.ScaleRequested;
import io.scalable.contracts.task.TaskCommandRecord;
import io.scalable.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * What a driver says: the deployment, its tasks, its end. Everything goes out in order, under the
 * deployment's key. Thread-safe. Failures are {@link RunException}s that say what to do.
 */
final class DeploymentLink implements AutoCloseable {

    private static final JsonCodec<DeploymentSpec> SPEC = JsonCodec.of(DeploymentSpec.class);
    private static final JsonCodec<ScaleRequested> REQUEST = JsonCodec.of(ScaleRequested.class);

    private final Map<String, String> kafka;
    private final String deploymentId;
    private final byte[] key;
    private final Duration patience;
    private final KafkaProducer<byte[], byte[]> producer;

    /** Makes the deployment's own topics, so that there is something to talk to. */
    DeploymentLink(Map<String, String> kafka, DeploymentSpec spec, Duration patience) {
        this(kafka, spec, patience, patience);
    }

    /**
     * The same, for a driver that lives on while brokers are away.
     *
     * @param patience for what is waited for
     * @param delivery for what is sent without waiting
     */
    DeploymentLink(
            Map<String, String> kafka, DeploymentSpec spec, Duration patience, Duration delivery) {
        this.kafka = Map.copyOf(kafka);
        this.deploymentId = spec.deploymentId();
        this.key = deploymentId.getBytes(StandardCharsets.UTF_8);
        this.patience = patience;
        try (var admin = new TopicAdmin(KafkaPatience.impatient(kafka, patience))) {
            admin.createDeployment(deploymentId, spec.assignmentPartitions());
            this.producer =
                    KafkaClients.producer(
                            kafka,
                            "scalable-run-" + deploymentId,
                            KafkaPatience.producer(patience, delivery));
        } catch (RuntimeException e) {
            throw KafkaTrouble.explained(e, kafka, patience);
        }
    }

    /** Publishes the deployment and waits until the broker has it. */
    void publish(DeploymentSpec spec) {
        await(producer.send(record(Topics.DEPLOYMENTS, SPEC.encode(spec), spec)));
    }

    /** Publishes the deployment's tombstone and waits until the broker has it. */
    void end() {
        await(producer.send(new ProducerRecord<>(Topics.DEPLOYMENTS, key, null)));
    }

    /**
     * Tells the dispatcher something, without waiting.
     *
     * @param encoded the {@code command}
     */
    void tell(TaskCommandRecord command, byte[] encoded, Consumer<RunException> failed) {
        send(record(Topics.TASKS, encoded, (Record) command), failed);
    }

    /** Asks the planner for other worker counts, without waiting. */
    void request(ScaleRequested request, Consumer<RunException> failed) {
        send(record(Topics.SCALE_REQUESTS, REQUEST.encode(request), request), failed);
    }

    void deleteTopics() {
        try (var admin = new TopicAdmin(KafkaPatience.impatient(kafka, patience))) {
            admin.deleteDeployment(deploymentId);
        } catch (RuntimeException e) {
            throw KafkaTrouble.explained(e, kafka, patience);
        }
    }

    @Override
    public void close() {
        producer.close(patience);
    }

    /** Closes it without waiting for what was not sent. */
    void abandon() {
        producer.close(Duration.ZERO);
    }

    // The callback hears of the failure; the future would only repeat it.
    @SuppressWarnings("FutureReturnValueIgnored")
    private void send(ProducerRecord<byte[], byte[]> record, Consumer<RunException> failed) {
        try {
            producer.send(
                    record,
                    (_, e) -> {
                        if (e != null) {
                            failed.accept(KafkaTrouble.explained(e, kafka, patience));
                        }
                    });
        } catch (IllegalStateException e) {
            failed.accept(new RunException("the run has ended", e));
        }
    }

    private ProducerRecord<byte[], byte[]> record(String topic, byte[] value, Record what) {
        return new ProducerRecord<>(topic, null, key, value, SchemaHeader.of(what));
    }

    private void await(Future<RecordMetadata> sent) {
        try {
            sent.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw KafkaTrouble.explained(e, kafka, patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunException("interrupted while waiting for Kafka", e);
        }
    }
}
