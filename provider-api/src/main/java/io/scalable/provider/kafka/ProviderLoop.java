package io.scalable.provider.kafka;

import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.kafka.KafkaClients;
import io.scalable.contracts.kafka.SchemaHeader;
import io.scalable.contracts.kafka.TopicRecord;
import io.scalable.contracts.kafka.TopicRecords;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.WorkerReport;
import io.scalable.contracts.worker.WorkerReport.AttemptFinished;
import io.scalable.contracts.worker.WorkerReports;
import io.scalable.provider.LedgerUnavailableException;
import io.scalable.provider.ProviderHost;
import io.scalable.provider.platform.ReportedWorkers;
import io.scalable.provider.reconcile.Timings;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link ProviderHost} on a thread of its own: reads deployments and scale plans, and ticks
 * several times a second, and at once when a provider says that something changed.
 *
 * <p>A record that cannot be used becomes a dead letter, and only that. Brokers that fail are tried
 * for as long as they may come back ({@link BrokerPatience}). What cannot go on ends the loop: then
 * {@link #state()} says why, and {@link #onLoss} is told.
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
    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration END = Duration.ofSeconds(20);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final String brokers;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final ProviderHost host;
    private final HostVoice voice;
    private final @Nullable ReportedWorkers reported;
    private final BrokerPatience patience = new BrokerPatience();
    private final Deque<ConsumerRecord<byte[], byte[]>> taken = new ArrayDeque<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CompletableFuture<String> lost = new CompletableFuture<>();
    private final Thread thread;

    /** What is read before the host acts; null once it acts. */
    private @Nullable CatchUp catchUp;

    private volatile LoopState state = new LoopState.Serving();

    private ProviderLoop(Map<String, String> kafka, String hostId, From from, Hosting hosting) {
        this.brokers = kafka.getOrDefault("bootstrap.servers", "?");
        this.reported = hosting.reported();
        this.consumer = LoopPositions.consumer(kafka, hostId, from, reported != null);
        // What is said waits for brokers that are away; the loop itself does not wait long.
        this.producer =
                KafkaClients.producer(
                        kafka,
                        "scalable-provider-" + hostId,
                        Map.of(
                                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                                Integer.MAX_VALUE,
                                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                                5_000));
        try {
            this.catchUp = from == From.BEGINNING ? LoopPositions.catchUp(consumer) : null;
            var providers = hosting.providers().apply(consumer::wakeup);
            this.voice =
                    new HostVoice(
                            producer,
                            hostId,
                            providers.stream().map(p -> p.name()).sorted().toList());
            this.host =
                    new ProviderHost(
                            hostId,
                            providers,
                            new KafkaLaunchLedger(kafka, producer),
                            new KafkaLifecycleSink(producer),
                            voice::tell,
                            reported == null ? _ -> false : reported::lives,
                            InstantSource.system(),
                            Timings.defaults());
        } catch (RuntimeException | Error e) {
            consumer.close();
            producer.close(Duration.ZERO);
            throw e;
        }
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

    /** How the loop fares. Any thread may ask. */
    public LoopState state() {
        LoopState now = state;
        return now.up() && !voice.heard() ? silent() : now;
    }

    /**
     * Runs {@code action}, on any thread, if the loop ends without being closed; at once if it has.
     * It is handed the reason.
     */
    public void onLoss(Consumer<String> action) {
        CompletableFuture<Void> unused = lost.thenAccept(action);
    }

    /** Ends workers that cannot live without this process, then the loop; waits for both. */
    @Override
    public void close() {
        closing.countDown();
        consumer.wakeup();
        try {
            thread.join(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean open() {
        return closing.getCount() > 0;
    }

    private void run() {
        @Nullable String reason = null;
        try {
            while (open()) {
                pass();
            }
        } catch (RuntimeException | Error e) {
            reason = "the provider host stopped: " + e;
            LOG.log(Level.ERROR, "the provider loop has ended; no worker will be started", e);
        } finally {
            end(reason);
        }
    }

    /** The workers' last words are told before the producer goes. */
    private void end(@Nullable String reason) {
        try {
            host.close();
            voice.leave();
        } finally {
            producer.close(LAST_WORDS);
            consumer.close();
            state = new LoopState.Ended(reason == null ? "" : reason);
            if (reason != null) {
                lost.complete(reason);
            }
        }
    }

    private void pass() {
        try {
            poll();
            while (!taken.isEmpty()) {
                take(taken.peek());
                taken.remove();
            }
            if (acts()) {
                host.tick();
            }
            voice.pulse(Instant.now());
            patience.answered();
            state = new LoopState.Serving();
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException | LedgerUnavailableException e) {
            bear(e);
        }
    }

    private void poll() {
        try {
            consumer.poll(TICK).forEach(taken::add);
        } catch (WakeupException e) {
            // A worker has ended, or close() was called: look at once.
        }
    }

    /** Waits, and tells so once; throws what is not to be borne any longer. */
    private void bear(RuntimeException trouble) {
        boolean first = patience.since() == null;
        double random = ThreadLocalRandom.current().nextDouble();
        Optional<Duration> wait = patience.failed(trouble, Instant.now(), random);
        if (wait.isEmpty()) {
            throw trouble;
        }
        if (first) {
            LOG.log(Level.WARNING, "the brokers at " + brokers + " fail; tried on", trouble);
        }
        state = new LoopState.Waiting("the brokers at " + brokers + " fail", since());
        sleep(wait.get());
    }

    private Instant since() {
        Instant since = patience.since();
        return since == null ? Instant.now() : since;
    }

    private LoopState silent() {
        return new LoopState.Waiting(
                "the brokers at " + brokers + " do not answer", voice.lastAnswer());
    }

    /** True once everything of before has been read; the host is told of it then. */
    private boolean acts() {
        CatchUp before = catchUp;
        if (before != null && before.reached(consumer::position)) {
            catchUp = null;
            before.tell(host);
        }
        return catchUp == null;
    }

    /** One record alone suffers from what is wrong with it. */
    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (isOfAttempts(record)) {
            return;
        }
        try {
            switch (TopicRecords.decode(record.topic(), record.key(), record.value())) {
                case TopicRecord.Present(var _, DeploymentSpec spec) -> changed(spec);
                case TopicRecord.Present(var _, ScalePlan plan) -> changed(plan);
                case TopicRecord.Present(var _, WorkerReport report) -> heard(report);
                case TopicRecord.Present _ -> {}
                case TopicRecord.Tombstone(var _, String key) -> ended(record.topic(), key);
            }
        } catch (InvalidRecordException e) {
            refuse(record, String.valueOf(e.getMessage()));
        } catch (KafkaException | LedgerUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a record could not be taken in", e);
            refuse(record, "unexpected: " + e);
        }
    }

    /** What workers say of attempts is most of all, with results in it, and the dispatcher's. */
    private static boolean isOfAttempts(ConsumerRecord<byte[], byte[]> record) {
        return record.topic().equals(Topics.WORKER_REPORTS)
                && (SchemaHeader.names(record.headers(), WorkerReports.class)
                        || SchemaHeader.names(record.headers(), AttemptFinished.class));
    }

    /** The dispatcher reads what workers report as well, and says what is wrong with it. */
    private void refuse(ConsumerRecord<byte[], byte[]> record, String reason) {
        if (!record.topic().equals(Topics.WORKER_REPORTS)) {
            voice.refuse(record, reason, Instant.now());
        }
    }

    private void changed(DeploymentSpec spec) {
        if (catchUp == null) {
            host.deploymentChanged(spec);
        } else {
            catchUp.deploymentChanged(spec);
        }
    }

    private void changed(ScalePlan plan) {
        if (catchUp == null) {
            host.planChanged(plan);
        } else {
            catchUp.planChanged(plan);
        }
    }

    private void ended(String topic, String deploymentId) {
        boolean plan = topic.equals(Topics.SCALE_PLANS);
        if (catchUp == null) {
            if (plan) {
                host.planEnded(deploymentId);
            } else {
                host.deploymentEnded(deploymentId);
            }
        } else if (plan) {
            catchUp.planEnded(deploymentId);
        } else {
            catchUp.deploymentEnded(deploymentId);
        }
    }

    private void heard(WorkerReport report) {
        if (reported != null) {
            boolean unused = reported.heard(report);
        }
    }

    private void sleep(Duration wait) {
        try {
            boolean unused = closing.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
