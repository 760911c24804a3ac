package io.scalable.client.run;

import io.scalable.contracts.Ids;
import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.kafka.TopicRecord;
import io.scalable.contracts.kafka.TopicRecords;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.scaling.ScaleRequested;
import io.scalable.contracts.task.TaskCommand;
import io.scalable.contracts.task.TaskCommandRecord;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.WorkerLifecycle;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Deployments that outlive the program that publishes them. Not thread-safe. */
public final class Deployments {

    private static final int REQUEST_ID_LENGTH = 12;

    private static final JsonCodec<ScalePlan> PLAN = JsonCodec.of(ScalePlan.class);
    private static final JsonCodec<TaskCommandRecord> COMMAND =
            JsonCodec.of(TaskCommandRecord.class);
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
     * @throws RunException if the brokers do not answer or refuse, or a deployment lives whose id
     *     Kafka takes for the same
     */
    public void publish(DeploymentSpec spec) {
        // Reading first: where no service has made the topics, nobody would serve it.
        for (String other : living().keySet()) {
            if (Ids.collide(spec.deploymentId(), other)) {
                throw new RunException(collision(spec.deploymentId(), other), null);
            }
        }
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
                    switch (TopicRecords.decode(record.topic(), record.key(), record.value())) {
                        case TopicRecord.Tombstone gone -> living.remove(gone.key());
                        case TopicRecord.Present there -> {
                            if (there.body() instanceof DeploymentSpec spec) {
                                living.put(spec.deploymentId(), spec);
                            }
                        }
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
            long until = System.nanoTime() + leave.toNanos();
            TopicScan.read(
                    kafka,
                    Topics.WORKER_LIFECYCLE,
                    patience,
                    record -> add(tally, record, id),
                    () -> tally.present().isEmpty() || System.nanoTime() - until > 0);
            link.deleteTopics();
            return tally.present();
        }
    }

    /**
     * Asks the planner for another worker count and waits for its decision.
     *
     * @param tag names the component
     * @param patience for the decision
     * @return the plan that was made for this request; empty if none came in time
     * @throws IllegalArgumentException if no component answers to {@code tag}
     * @throws RunException if the brokers do not answer or refuse
     */
    public Optional<ScalePlan> scale(
            DeploymentSpec spec,
            String tag,
            ScaleRequested.Mode mode,
            int workers,
            String reason,
            Duration patience) {
        String id = spec.deploymentId();
        String requestId = Ids.random(REQUEST_ID_LENGTH);
        String component = Routing.component(spec, tag);
        var request =
                new ScaleRequested(id, component, mode, workers, reason, Instant.now(), requestId);
        var answer = new AtomicReference<@Nullable ScalePlan>();
        var trouble = new AtomicReference<@Nullable RunException>();
        try (var link = new DeploymentLink(kafka, spec, this.patience)) {
            link.request(request, trouble::set);
            long until = System.nanoTime() + patience.toNanos();
            TopicScan.read(
                    kafka,
                    Topics.SCALE_PLANS,
                    this.patience,
                    record -> {
                        if (isOf(id, record) && record.value() != null) {
                            ScalePlan plan = PLAN.decode(record.value());
                            if (requestId.equals(plan.answers())) {
                                answer.set(plan);
                            }
                        }
                    },
                    () ->
                            answer.get() != null
                                    || trouble.get() != null
                                    || System.nanoTime() - until > 0);
        }
        RunException failed = trouble.get();
        if (failed != null) {
            throw failed;
        }
        return Optional.ofNullable(answer.get());
    }

    /**
     * The workers of a deployment, in the order first heard of.
     *
     * @throws RunException if the brokers do not answer or refuse
     */
    public List<WorkerView> workers(String deploymentId) {
        var workers = new LinkedHashMap<String, WorkerView>();
        workerEvents(deploymentId)
                .forEach(event -> workers.put(event.workerId(), WorkerView.of(event)));
        return List.copyOf(workers.values());
    }

    /**
     * What was said of a deployment's workers, oldest first.
     *
     * @throws RunException if the brokers do not answer or refuse
     */
    public List<WorkerLifecycle> workerEvents(String deploymentId) {
        var events = new ArrayList<WorkerLifecycle>();
        TopicScan.read(
                kafka,
                Topics.WORKER_LIFECYCLE,
                patience,
                record -> {
                    if (isOf(deploymentId, record)) {
                        events.add(WORKER.decode(record.value()));
                    }
                });
        return events;
    }

    /**
     * Tells the dispatcher something and waits until the brokers have it.
     *
     * @param commands in order
     * @throws RunException if the brokers do not answer or refuse
     */
    public void tell(DeploymentSpec spec, List<? extends TaskCommand> commands) {
        var trouble = new AtomicReference<@Nullable RunException>();
        try (var link = new DeploymentLink(kafka, spec, patience)) {
            for (TaskCommand command : commands) {
                link.tell(command, COMMAND.encode(command), trouble::set);
            }
        }
        RunException failed = trouble.get();
        if (failed != null) {
            throw failed;
        }
    }

    private static String collision(String id, String other) {
        return ("the id '%s' cannot be had beside the deployment '%s': Kafka takes '.' and '_' for"
                        + " the same in the names of topics; choose another id, such as '%s'")
                .formatted(id, other, id.replace('.', '-').replace('_', '-'));
    }

    private static void add(
            WorkerTally tally, ConsumerRecord<byte[], byte[]> record, String deploymentId) {
        if (isOf(deploymentId, record)) {
            tally.add(WORKER.decode(record.value()));
        }
    }

    private static boolean isOf(String deploymentId, ConsumerRecord<byte[], byte[]> record) {
        return record.key() != null
                && deploymentId.equals(new String(record.key(), StandardCharsets.UTF_8));
    }
}
