package io.scalable.telemetry.messaging;

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
import io.scalable.telemetry.config.TelemetryConfig;
import io.scalable.telemetry.config.TelemetryStore;
import io.scalable.telemetry.config.TelemetryTopics;
import io.scalable.telemetry.metrics.FleetMetrics;
import io.scalable.telemetry.metrics.ServiceGauges;
import io.smallrye.reactive.messaging.MutinyEmitter;
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
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads the topics from when the store is open until the process stops. */
@ApplicationScoped
public class HistoryLoop {

    private static final Logger LOG = Logger.getLogger(HistoryLoop.class);
    private static final int AFTER_CHANNELS = 2_000;

    /** The first wait for a store that is away; {@link TelemetryConfig#retryAtMost} the longest. */
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);

    static final List<String> TOPICS =
            List.of(
                    Topics.DEPLOYMENTS,
                    Topics.TASK_EVENTS,
                    Topics.WORKER_LIFECYCLE,
                    Topics.SCALE_PLANS,
                    Topics.POOL_DEMAND,
                    Topics.SERVICE_EVENTS,
                    Topics.DEAD_LETTERS);

    /**
     * Nobody waits for history: a batch that gathers half a second reads and writes each task once,
     * not once a move. A lost instance's partitions wait for ten seconds for another one.
     */
    private static final Map<String, Object> READING =
            Map.of(
                    ConsumerConfig.GROUP_ID_CONFIG, "scalable-telemetry",
                    ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 524_288,
                    ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 500,
                    ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000,
                    ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);

    private final TelemetryConfig config;
    private final TelemetryStore store;
    private final Map<String, String> kafka;
    private final Loss loss = new Loss();
    private final MutinyEmitter<ProducerRecord<byte[], byte[]>> letters;
    private final FleetMetrics metrics = new FleetMetrics(Metrics.globalRegistry);
    private final ServiceGauges services = new ServiceGauges(Metrics.globalRegistry);
    private @Nullable RecordLoop loop;
    private @Nullable KafkaClientMetrics clientMetrics;
    private boolean stopped;

    HistoryLoop(
            TelemetryConfig config,
            TelemetryStore store,
            TelemetryTopics topics,
            @Channel("telemetry-dead-letters") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<ProducerRecord<byte[], byte[]>> letters) {
        this.letters = letters;
        this.config = config;
        this.store = store;
        this.kafka = topics.kafka();
    }

    void start(@Observes @Priority(AFTER_CHANNELS) StartupEvent start) {
        var _ = store.opened().thenRun(this::read);
    }

    private synchronized void read() {
        if (stopped) {
            return;
        }
        var box = new LetterBox(record -> letters.send(record).subscribeAsCompletionStage());
        loop =
                RecordLoop.start(
                        new RecordLoop.Settings(
                                "telemetry-loop",
                                TOPICS,
                                true,
                                new Backoff(FIRST_RETRY, config.retryAtMost()),
                                this::cannotGoOn),
                        this::consumer,
                        new HistoryRecords(
                                store.writer(),
                                store.reader(),
                                store.services(),
                                metrics,
                                services,
                                box,
                                InstantSource.system()));
    }

    private Consumer<byte[], byte[]> consumer() {
        Consumer<byte[], byte[]> consumer = KafkaClients.consumer(kafka, "telemetry-in", READING);
        KafkaClientMetrics before = clientMetrics;
        if (before != null) {
            before.close();
        }
        clientMetrics = new KafkaClientMetrics(consumer);
        clientMetrics.bindTo(Metrics.globalRegistry);
        return consumer;
    }

    /** Has {@code action} told, once, if telemetry cannot go on, and why. */
    public void onLoss(java.util.function.Consumer<String> action) {
        loss.onLoss(action);
    }

    private void cannotGoOn(Throwable cause) {
        LOG.error("telemetry cannot go on and ends", cause);
        boolean first = loss.report("telemetry cannot go on: " + cause);
        if (first && config.exitOnLoss()) {
            Quarkus.asyncExit(1);
        }
    }

    /** What keeps it from storing what comes; empty while nothing does. */
    public synchronized Optional<String> trouble() {
        RecordLoop reading = loop;
        if (reading == null) {
            return Optional.of(store.trouble());
        }
        return switch (reading.state()) {
            case RecordLoop.State.Reading _ -> Optional.empty();
            case RecordLoop.State.Waiting(var reason, var since) ->
                    Optional.of(reason + ", since " + since);
            case RecordLoop.State.Ended(var reason) -> Optional.of(reason);
        };
    }

    void stop(@Observes ShutdownEvent stop) {
        RecordLoop reading;
        synchronized (this) {
            stopped = true;
            reading = loop;
        }
        if (reading != null) {
            reading.close();
        }
    }
}
