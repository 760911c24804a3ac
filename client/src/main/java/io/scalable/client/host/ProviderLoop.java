package io.scalable.client.host;

import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.WorkerReport;
import io.scalable.provider.ProviderHost;
import io.scalable.provider.cloud.ReportedWorkers;
import io.scalable.provider.kafka.KafkaLaunchLedger;
import io.scalable.provider.kafka.KafkaLifecycleSink;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link ProviderHost} on a thread of its own: reads deployments and scale plans, and ticks
 * several times a second, and at once when a provider says that something changed.
 */
public final class ProviderLoop implements AutoCloseable {

    /** Where reading begins. */
    public enum From {
        /** All deployments that there are: a host whose id lasts. */
        BEGINNING,
        /** Those published from now on: a host whose id is new. */
        NOW
    }

    private static final System.Logger LOG = System.getLogger(ProviderLoop.class.getName());
    private static final JsonCodec<DeploymentSpec> SPEC = JsonCodec.of(DeploymentSpec.class);
    private static final JsonCodec<ScalePlan> PLAN = JsonCodec.of(ScalePlan.class);
    private static final JsonCodec<WorkerReport> REPORT = JsonCodec.of(WorkerReport.class);
    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration END = Duration.ofSeconds(20);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaLaunchLedger ledger;
    private final KafkaLifecycleSink sink;
    private final ProviderHost host;
    private final @Nullable ReportedWorkers reported;
    private final Thread thread;
    private volatile boolean closed;

    private ProviderLoop(Map<String, String> kafka, String hostId, From from, Hosting hosting) {
        this.reported = hosting.reported();
        this.consumer = consumer(kafka, from, reported != null);
        this.ledger = new KafkaLaunchLedger(kafka);
        this.sink = new KafkaLifecycleSink(kafka);
        this.host =
                new ProviderHost(
                        hostId,
                        hosting.providers().apply(consumer::wakeup),
                        ledger,
                        sink,
                        InstantSource.system());
        this.thread = new Thread(this::run, "scalable-provider-" + hostId);
        thread.setDaemon(true);
    }

    /**
     * Starts the loop; deployments published after this returns are served.
     *
     * @param kafka Kafka client properties, {@code bootstrap.servers} at least
     * @param hostId serves deployments that name this provider host
     * @param from where reading begins
     * @param hosting the providers
     */
    public static ProviderLoop start(
            Map<String, String> kafka, String hostId, From from, Hosting hosting) {
        var loop = new ProviderLoop(kafka, hostId, from, hosting);
        loop.thread.start();
        return loop;
    }

    /** Ends workers that cannot live without this process, then the loop; waits for both. */
    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (consumer;
                ledger;
                sink;
                host) {
            while (!closed) {
                pass();
            }
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the provider loop has ended; no worker will be started", e);
        }
    }

    private void pass() {
        try {
            consumer.poll(TICK).forEach(this::take);
        } catch (WakeupException e) {
            // A worker has ended, or close() was called: look at once.
        }
        host.tick();
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.topic().equals(Topics.WORKER_REPORTS)) {
                heard(record.value());
            } else if (record.topic().equals(Topics.SCALE_PLANS)) {
                if (record.value() != null) {
                    host.planChanged(PLAN.decode(record.value()));
                }
            } else if (record.value() != null) {
                host.deploymentChanged(SPEC.decode(record.value()));
            } else if (record.key() != null) {
                host.deploymentEnded(new String(record.key(), StandardCharsets.UTF_8));
            }
        } catch (InvalidRecordException e) {
            LOG.log(
                    Level.WARNING,
                    "left out {0}-{1} at offset {2}: {3}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
        }
    }

    private void heard(byte @Nullable [] report) {
        if (report != null && reported != null) {
            reported.heard(REPORT.decode(report));
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(
            Map<String, String> kafka, From from, boolean reports) {
        var settings = new HashMap<String, Object>(kafka);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "100");
        var bytes = new ByteArrayDeserializer();
        var consumer = new KafkaConsumer<>(settings, bytes, bytes);
        try {
            List<TopicPartition> goals =
                    partitions(consumer, List.of(Topics.DEPLOYMENTS, Topics.SCALE_PLANS));
            // Workers repeat every second that they are there: the past is not needed.
            List<TopicPartition> news =
                    reports ? partitions(consumer, List.of(Topics.WORKER_REPORTS)) : List.of();
            List<TopicPartition> all = Stream.concat(goals.stream(), news.stream()).toList();
            consumer.assign(all);
            switch (from) {
                case BEGINNING -> consumer.seekToBeginning(goals);
                case NOW -> consumer.seekToEnd(goals);
            }
            if (!news.isEmpty()) {
                consumer.seekToEnd(news);
            }
            all.forEach(consumer::position);
            return consumer;
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    private static List<TopicPartition> partitions(
            KafkaConsumer<byte[], byte[]> consumer, List<String> topics) {
        return topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
    }
}
