package io.scalable.client.run;

import io.scalable.contracts.Backoff;
import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.kafka.KafkaClients;
import io.scalable.contracts.kafka.TopicRecord;
import io.scalable.contracts.kafka.TopicRecords;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.scaling.ScaleRequested;
import io.scalable.contracts.service.ServiceEvent;
import io.scalable.contracts.task.TaskEvent;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.WorkerLifecycle;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is said of one deployment, from the moment it is made: the deployment's results, and
 * of the shared topics what carries its key. One thread of its own.
 */
final class RunFollower implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(RunFollower.class.getName());
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Backoff WAITS = new Backoff(POLL, Duration.ofSeconds(2));

    /** Shared topics that still have all, or the last word, of what was said of a run. */
    private static final List<String> AGAIN = List.of(Topics.SCALE_PLANS, Topics.WORKER_LIFECYCLE);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String deploymentId;
    private final byte[] key;
    private final RunEvents events;
    private final Thread thread;
    private final @Nullable Metric connections;
    private int failures;
    private volatile boolean closed;

    /** Fixes the positions: whatever is published after this returns will be heard. */
    RunFollower(
            Map<String, String> kafka, String deploymentId, RunOptions options, RunEvents events) {
        this.deploymentId = deploymentId;
        this.key = deploymentId.getBytes(StandardCharsets.UTF_8);
        this.events = events;
        this.consumer = KafkaClients.consumer(kafka, "scalable-run-" + deploymentId, Map.of());
        try {
            assign(options);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
        this.connections = connections(consumer);
        this.thread = new Thread(this::follow, "scalable-run-" + deploymentId);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void assign(RunOptions options) {
        var shared = new ArrayList<String>();
        shared.addAll(
                List.of(
                        Topics.POOL_DEMAND,
                        Topics.SCALE_REQUESTS,
                        Topics.SCALE_PLANS,
                        Topics.WORKER_LIFECYCLE,
                        Topics.SERVICE_EVENTS));
        if (options.taskEvents()) {
            shared.add(Topics.TASK_EVENTS);
        }
        var partitions = new ArrayList<TopicPartition>();
        shared.forEach(topic -> partitions.addAll(partitions(topic, options.connect())));
        var results = new TopicPartition(Topics.results(deploymentId), 0);
        var all = new ArrayList<>(partitions);
        all.add(results);
        consumer.assign(all);
        consumer.seekToEnd(partitions);
        consumer.seekToBeginning(List.of(results));
        if (options.again()) {
            consumer.seekToBeginning(
                    partitions.stream().filter(p -> AGAIN.contains(p.topic())).toList());
        }
        all.forEach(partition -> consumer.position(partition, options.connect()));
    }

    private List<TopicPartition> partitions(String topic, Duration patience) {
        var found = consumer.partitionsFor(topic, patience);
        if (found.isEmpty()) {
            throw new RunException(
                    "there is no topic "
                            + topic
                            + " on this broker: no Scalable services have run on it; start the"
                            + " control plane, or check the bootstrap address",
                    null);
        }
        return found.stream().map(p -> new TopicPartition(topic, p.partition())).toList();
    }

    private void follow() {
        try (consumer) {
            while (!closed) {
                boolean heard = false;
                for (ConsumerRecord<byte[], byte[]> record : poll()) {
                    heard |= hand(record);
                }
                events.polled(heard, failures == 0 && connected());
            }
        } catch (WakeupException e) {
            // close() asked for it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            events.broken(e);
        }
    }

    /** What fails here may be well again: a broker that starts anew refuses for a while. */
    private ConsumerRecords<byte[], byte[]> poll() throws InterruptedException {
        try {
            var records = consumer.poll(POLL);
            failures = 0;
            return records;
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            failures++;
            LOG.log(Level.DEBUG, "the topics of the run cannot be read now", e);
            Thread.sleep(WAITS.delay(failures, ThreadLocalRandom.current().nextDouble()));
            return ConsumerRecords.empty();
        }
    }

    /** True unless the client says that it has no connection at all. */
    private boolean connected() {
        return connections == null
                || !(connections.metricValue() instanceof Number count)
                || count.doubleValue() > 0;
    }

    private static @Nullable Metric connections(KafkaConsumer<byte[], byte[]> consumer) {
        return consumer.metrics().entrySet().stream()
                .filter(entry -> entry.getKey().name().equals("connection-count"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private boolean hand(ConsumerRecord<byte[], byte[]> record) {
        boolean service = record.topic().equals(Topics.SERVICE_EVENTS);
        if (record.value() == null || !(service || Arrays.equals(key, record.key()))) {
            return false;
        }
        try {
            TopicRecord decoded = TopicRecords.decode(record.topic(), record.key(), record.value());
            if (!deploymentId.equals(decoded.deploymentId())) {
                return false;
            }
            if (decoded instanceof TopicRecord.Present present) {
                hand(present.body());
            }
        } catch (InvalidRecordException e) {
            events.unreadable(
                    record.topic()
                            + "-"
                            + record.partition()
                            + " at offset "
                            + record.offset()
                            + ": "
                            + e.getMessage());
        }
        return true;
    }

    private void hand(Record body) {
        switch (body) {
            case PoolDemand demand -> events.demand(demand);
            case ScaleRequested request -> events.request(request);
            case ScalePlan plan -> events.plan(plan);
            case WorkerLifecycle event -> events.worker(event);
            case TaskEvent.OfTask event -> events.task(event);
            case TaskResult result -> events.result(result);
            case ServiceEvent event -> events.service(event);
            default -> {
                // What else there is says nothing of a run.
            }
        }
    }

    /** Ends the thread and waits for it, unless it is the caller. */
    @Override
    public void close() {
        closed = true;
        if (!thread.isAlive()) {
            consumer.close();
            return;
        }
        consumer.wakeup();
        if (Thread.currentThread() != thread) {
            try {
                thread.join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
