package io.scalable.planner.messaging;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.scalable.contracts.Backoff;
import io.scalable.contracts.kafka.KafkaClients;
import io.scalable.contracts.kafka.RecordLoop;
import io.scalable.contracts.service.Loss;
import io.scalable.contracts.topic.Topics;
import io.scalable.planner.config.PlannerConfig;
import io.scalable.planner.config.PlannerTopics;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads the planner's topics from the start of the process to its end. */
@ApplicationScoped
public class PlannerService {

    private static final Logger LOG = Logger.getLogger(PlannerService.class);
    private static final int AFTER_TOPICS = 200;
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);

    private static final List<String> TOPICS =
            List.of(
                    Topics.DEPLOYMENTS,
                    Topics.POOL_DEMAND,
                    Topics.SCALE_REQUESTS,
                    Topics.SCALE_PLANS,
                    Topics.ESTIMATES,
                    Topics.WORKER_LIFECYCLE);

    /** A plan is tried for so long by the client itself, milliseconds. */
    private static final Map<String, Object> WRITING =
            Map.of(
                    ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000,
                    ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 60_000);

    private final PlannerConfig config;
    private final Map<String, String> kafka;
    private final Loss loss = new Loss();
    private @Nullable RecordLoop loop;
    private @Nullable PlannerRecords records;
    private @Nullable PlanWriter writer;
    private @Nullable KafkaClientMetrics clientMetrics;

    PlannerService(PlannerConfig config, PlannerTopics topics) {
        this.config = config;
        this.kafka = topics.kafka();
    }

    synchronized void start(@Observes @Priority(AFTER_TOPICS) StartupEvent start) {
        var backoff = new Backoff(FIRST_RETRY, config.retryAtMost());
        var plans = new PlanWriter(KafkaClients.producer(kafka, "planner-out", WRITING), backoff);
        var reader = new PlannerRecords(plans, InstantSource.system());
        writer = plans;
        records = reader;
        loop =
                RecordLoop.start(
                        new RecordLoop.Settings(
                                "planner-loop", TOPICS, false, backoff, this::cannotGoOn),
                        this::consumer,
                        reader);
    }

    /** State is read again from the beginning at every start: nothing is committed. */
    private Consumer<byte[], byte[]> consumer() {
        Map<String, Object> reading =
                Map.of(
                        ConsumerConfig.GROUP_ID_CONFIG,
                        "scalable-planner",
                        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                        RangeAssignor.class.getName(),
                        ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                        (int) config.sessionTimeout().toMillis(),
                        ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                        (int) config.sessionTimeout().toMillis() / 4);
        Consumer<byte[], byte[]> consumer = KafkaClients.consumer(kafka, "planner-in", reading);
        KafkaClientMetrics before = clientMetrics;
        if (before != null) {
            before.close();
        }
        clientMetrics = new KafkaClientMetrics(consumer);
        clientMetrics.bindTo(Metrics.globalRegistry);
        return consumer;
    }

    /** Has {@code action} told, once, if the planner cannot go on, and why. */
    public void onLoss(java.util.function.Consumer<String> action) {
        loss.onLoss(action);
    }

    private void cannotGoOn(Throwable cause) {
        LOG.error("the planner cannot go on and ends", cause);
        boolean first = loss.report("the planner cannot go on: " + cause);
        if (first && config.exitOnLoss()) {
            Quarkus.asyncExit(1);
        }
    }

    /** What keeps it from deciding or from writing plans; empty while nothing does. */
    public synchronized Optional<String> trouble() {
        RecordLoop reading = loop;
        PlannerRecords reader = records;
        PlanWriter plans = writer;
        if (reading == null || reader == null || plans == null) {
            return Optional.of("it is being started");
        }
        return switch (reading.state()) {
            case RecordLoop.State.Reading _ ->
                    reader.live()
                            ? plans.trouble()
                            : Optional.of("it reads what was decided before");
            case RecordLoop.State.Waiting(var reason, var since) ->
                    Optional.of(reason + ", since " + since);
            case RecordLoop.State.Ended(var reason) -> Optional.of(reason);
        };
    }

    void stop(@Observes ShutdownEvent stop) {
        RecordLoop reading;
        PlanWriter plans;
        synchronized (this) {
            reading = loop;
            plans = writer;
        }
        if (reading != null) {
            reading.close();
        }
        if (plans != null) {
            plans.close();
        }
    }
}
