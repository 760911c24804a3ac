package io.scalable.client.inspect;

import io.scalable.client.run.DeploymentCondition;
import io.scalable.client.run.Deployments;
import io.scalable.client.run.RunException;
import io.scalable.client.run.TopicScan;
import io.scalable.client.run.WorkerView;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.kafka.TopicRecord;
import io.scalable.contracts.kafka.TopicRecords;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.TaskHistory;
import io.scalable.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Deployments that live on brokers, by their topics. Each question reads the topics that answer it
 * from their beginning.
 */
public final class BrokerSource implements DeploymentSource {

    private final Map<String, String> kafka;
    private final Duration patience;
    private final List<Path> workerLogs;
    private final Deployments deployments;
    private @Nullable Map<String, DeploymentSpec> living;

    /**
     * @param kafka Kafka client properties, {@code bootstrap.servers} at least
     * @param patience for the brokers to answer
     * @param workerLogs folders where logs of workers may lie
     */
    public BrokerSource(Map<String, String> kafka, Duration patience, List<Path> workerLogs) {
        this.kafka = Map.copyOf(kafka);
        this.patience = patience;
        this.workerLogs = List.copyOf(workerLogs);
        this.deployments = new Deployments(kafka, patience);
    }

    @Override
    public List<DeploymentView> list() {
        return living().values().stream()
                .map(DeploymentView::living)
                .sorted(Comparator.comparing(DeploymentView::startedAt))
                .toList();
    }

    @Override
    public Optional<DeploymentView> find(String id) {
        return Optional.ofNullable(living().get(id)).map(DeploymentView::living);
    }

    @Override
    public List<TaskHistory> tasks(String id) {
        return read(id, Topics.TASKS, Topics.TASK_EVENTS).tasks();
    }

    @Override
    public List<String> needs(String id, String taskId) {
        return read(id, Topics.TASKS).needs(taskId);
    }

    @Override
    public List<FailedAttemptView> failedAttempts(String id) {
        return read(id, Topics.TASK_EVENTS).failures();
    }

    @Override
    public List<WorkerView> workers(String id) {
        return deployments.workers(id);
    }

    @Override
    public List<ScalePlan> plans(String id) {
        var plans = new HashMap<Long, ScalePlan>();
        scan(
                id,
                Topics.SCALE_PLANS,
                body -> {
                    if (body instanceof ScalePlan plan && plan.deploymentId().equals(id)) {
                        plans.putIfAbsent(plan.generation(), plan);
                    }
                });
        return plans.values().stream()
                .sorted(Comparator.comparingLong(ScalePlan::generation))
                .toList();
    }

    @Override
    public Optional<DeploymentCondition> condition(String id) {
        return Optional.of(DeploymentCondition.of(kafka, spec(id), patience));
    }

    @Override
    public Optional<WorkerLog> workerLog(String id, String worker) {
        Optional<WorkerLog> file = WorkerLogs.file(workerLogs, worker);
        return file.isPresent() ? file : WorkerLogs.lastLines(deployments.workerEvents(id), worker);
    }

    @Override
    public Optional<ScalePlan> scale(String id, ScaleWish wish) {
        return deployments.scale(
                spec(id), wish.tag(), wish.mode(), wish.workers(), wish.reason(), wish.patience());
    }

    @Override
    public void cancel(String id, Cancellation what) {
        deployments.tell(spec(id), what.commands(id));
    }

    private BrokerTasks read(String id, String... topics) {
        var tasks = new BrokerTasks(spec(id));
        for (String topic : topics) {
            scan(id, topic, tasks::take);
        }
        return tasks;
    }

    private void scan(String id, String topic, Consumer<Record> reader) {
        TopicScan.read(
                kafka,
                topic,
                patience,
                record -> {
                    if (isOf(id, record)
                            && TopicRecords.decode(topic, record.key(), record.value())
                                    instanceof TopicRecord.Present present) {
                        present.bodies().forEach(reader);
                    }
                });
    }

    /** Any program may have written a record without a key, or under another. */
    private static boolean isOf(String id, ConsumerRecord<byte[], byte[]> record) {
        return record.value() != null
                && (record.key() == null
                        || id.equals(new String(record.key(), StandardCharsets.UTF_8)));
    }

    private DeploymentSpec spec(String id) {
        DeploymentSpec spec = living().get(id);
        if (spec == null) {
            throw new RunException("deployment '" + id + "' does not live any more", null);
        }
        return spec;
    }

    private Map<String, DeploymentSpec> living() {
        Map<String, DeploymentSpec> known = living;
        if (known == null) {
            known = deployments.living();
            living = known;
        }
        return known;
    }
}
