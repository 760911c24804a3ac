package io.scalable.cli;

import io.quarkus.arc.Arc;
import io.quarkus.runtime.Quarkus;
import io.scalable.client.host.ListenAddress;
import io.scalable.contracts.FileProblem;
import io.scalable.contracts.Ids;
import io.scalable.contracts.kafka.TopicAdmin;
import io.scalable.dispatcher.config.DispatcherService;
import io.scalable.kafka.EmbeddedKafka;
import io.scalable.kafka.EmbeddedKafkaOptions;
import io.scalable.planner.messaging.PlannerService;
import io.scalable.provider.local.service.ProviderLocalService;
import io.scalable.telemetry.messaging.HistoryLoop;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The broker and every service in this JVM. There can be one of it in a JVM, once: Quarkus
 * configures itself from system properties. Closing stops the broker; the services end with the
 * JVM, which {@link Main} halts: nothing that they keep is wanted afterwards, and their orderly
 * stop would take seconds.
 */
final class Standalone implements Services {

    /** The provider host that the standalone's own local provider serves. */
    static final String HOST = "standalone";

    private static final int TOKEN_LENGTH = 24;

    private final EmbeddedKafka kafka;
    private final @Nullable String token;

    private Standalone(EmbeddedKafka kafka, @Nullable String token) {
        this.kafka = kafka;
        this.token = token;
    }

    /**
     * Starts the broker, then the services; returns when all of them run.
     *
     * @param dataDir for the broker's and the services' data; what the broker keeps goes at the end
     * @param logs where the services and worker processes log
     * @param page port of the loopback address for REST and the live page, 0 for a free one; null
     *     to serve neither
     * @param listen where the broker listens
     */
    static Standalone start(Path dataDir, Path logs, @Nullable Integer page, ListenAddress listen) {
        return start(
                dataDir,
                logs,
                page,
                EmbeddedKafkaOptions.in(kafkaFolder(dataDir))
                        .withHost(listen.host())
                        .withPort(listen.port())
                        .withDeleteOnClose(true));
    }

    /** The same, whose data stay on close for one that resumes. */
    static Standalone keep(Path dataDir, Path logs, @Nullable Integer page, ListenAddress listen) {
        return start(
                dataDir,
                logs,
                page,
                open(
                        EmbeddedKafkaOptions.in(kafkaFolder(dataDir))
                                .withHost(listen.host())
                                .withPort(listen.port())));
    }

    /**
     * Programs of other languages reach a broker that stays. Many of their libraries (librdkafka
     * before 2.6.1) fail at SCRAM with Kafka 4; where nothing leaves this machine, PLAIN tells
     * nobody the secret.
     */
    private static EmbeddedKafkaOptions open(EmbeddedKafkaOptions options) {
        return options.host().equals(EmbeddedKafkaOptions.LOOPBACK) ? options.withPlain() : options;
    }

    /**
     * The same, going on with the data of one whose process is gone, for the same clients. They
     * stay where they are on close.
     *
     * @param clients what the earlier one's {@link #kafka()} gave
     */
    static Standalone resume(
            Path dataDir, Path logs, @Nullable Integer page, Map<String, String> clients) {
        return start(
                dataDir,
                logs,
                page,
                open(EmbeddedKafkaOptions.again(kafkaFolder(dataDir), clients)));
    }

    private static Path kafkaFolder(Path dataDir) {
        return dataDir.resolve("kafka");
    }

    private static Standalone start(
            Path dataDir, Path logs, @Nullable Integer page, EmbeddedKafkaOptions options) {
        // Quarkus' log manager must be there before the broker touches a logger.
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        configure(dataDir, logs);
        String token = page == null ? null : Ids.random(TOKEN_LENGTH);
        set("quarkus.http.host-enabled", page != null);
        if (page != null && token != null) {
            set("quarkus.http.port", page);
            set("scalable.telemetry.token", token);
        }
        // Broker and Quarkus load classes side by side; only the services' own start needs the
        // broker.
        CompletableFuture<EmbeddedKafka> starting =
                CompletableFuture.supplyAsync(() -> broker(options));
        Quarkus.manualInitialize();
        EmbeddedKafka kafka = started(starting);
        kafka.clientProperties().forEach((key, value) -> set("kafka." + key, value));
        Quarkus.manualStart();
        return new Standalone(kafka, token);
    }

    private static EmbeddedKafka started(CompletableFuture<EmbeddedKafka> starting) {
        try {
            return starting.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause();
            throw new UserException(
                    "the broker cannot be started: "
                            + (cause instanceof Exception known
                                    ? FileProblem.describe(known)
                                    : String.valueOf(cause)));
        }
    }

    /** A broker with the topics that all services share, so that they need not look each. */
    private static EmbeddedKafka broker(EmbeddedKafkaOptions options) {
        var kafka = EmbeddedKafka.start(options);
        try {
            TopicAdmin.ensureShared(kafka.clientProperties(), 1);
            return kafka;
        } catch (RuntimeException e) {
            kafka.close();
            throw e;
        }
    }

    private static void configure(Path dataDir, Path logs) {
        set("quarkus.log.file.path", logs.resolve("services.log"));
        // The JVM is halted: what lies elsewhere would stay.
        set("quarkus.vertx.cache-directory", dataDir.resolve("vertx"));
        set("scalable.dispatcher.state-dir", dataDir.resolve("dispatcher"));
        for (String service : List.of("dispatcher", "planner", "provider-local", "telemetry")) {
            set("scalable." + service + ".ensure-topics", false);
            set("scalable." + service + ".exit-on-loss", false);
        }
        set("scalable.provider-local.host", HOST);
        set("scalable.provider-local.work-dir", logs.resolve("workers"));
        StartCache.find()
                .ifPresent(
                        cache ->
                                set(
                                        "scalable.provider-local.jvm-options",
                                        "-XX:AOTCache=" + cache));
        set("scalable.telemetry.data-dir", dataDir.resolve("telemetry"));
        // Opening the store takes a second of processor time that the first tasks need more.
        set("scalable.telemetry.start-delay", "PT3S");
    }

    private static void set(String key, Object value) {
        System.setProperty(key, value.toString());
    }

    @Override
    public Map<String, String> kafka() {
        return kafka.clientProperties();
    }

    @Override
    public Optional<URI> page(String deploymentId) {
        return page().map(page -> URI.create(page + "&deployment=" + deploymentId));
    }

    /** The live page of all deployments; empty if it is not served. */
    Optional<URI> page() {
        // Quarkus puts the port that it got where it read the one that was wanted.
        return Optional.ofNullable(token)
                .map(
                        secret ->
                                URI.create(
                                        "http://127.0.0.1:%s/telemetry/live/#token=%s"
                                                .formatted(
                                                        System.getProperty("quarkus.http.port"),
                                                        secret)));
    }

    @Override
    public void onLoss(Consumer<String> action) {
        kafka.onLoss(action);
        service(ProviderLocalService.class).onLoss(action);
        service(DispatcherService.class).onLoss(action);
        service(PlannerService.class).onLoss(action);
        service(HistoryLoop.class).onLoss(action);
    }

    private static <T> T service(Class<T> type) {
        return Arc.container().instance(type).get();
    }

    @Override
    public void leave() {
        kafka.leave();
    }

    /** Stops the broker; what it kept is deleted unless it was to stay. */
    @Override
    public void close() {
        kafka.close();
    }
}
