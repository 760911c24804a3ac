package io.scalable.services;

import io.scalable.client.run.RunDriver;
import io.scalable.client.run.RunFolder;
import io.scalable.client.run.RunListener;
import io.scalable.client.run.RunOptions;
import io.scalable.client.run.RunOutcome;
import io.scalable.contracts.Ids;
import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Policy;
import io.scalable.contracts.kafka.TopicAdmin;
import io.scalable.kafka.EmbeddedKafka;
import io.scalable.manifest.DeploymentRequest;
import io.scalable.manifest.Manifests;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * A broker and services as processes, each told by environment variables, as in the compose file.
 * Closing it ends them all.
 */
final class Services implements AutoCloseable {

    private static final int PARTITIONS = 6;

    private final Path folder;
    private final AutoCloseable broker;
    private final Map<String, String> kafka;
    private final Map<String, String> environment = new HashMap<>();
    private final Deque<ServiceProcess> started = new ArrayDeque<>();

    /**
     * @param folder for logs, data and runs
     * @param settings of all services, as environment variables
     */
    Services(Path folder, Map<String, String> settings) {
        this(folder, EmbeddedKafka.start(EmbeddedKafka.temporary().withPlain()), settings);
    }

    private Services(Path folder, EmbeddedKafka embedded, Map<String, String> settings) {
        this(folder, embedded, embedded.clientProperties(), settings);
    }

    /**
     * @param broker closed with the services
     * @param kafka what its clients need
     */
    Services(
            Path folder,
            AutoCloseable broker,
            Map<String, String> kafka,
            Map<String, String> settings) {
        this.folder = folder;
        this.broker = broker;
        this.kafka = Map.copyOf(kafka);
        TopicAdmin.ensureShared(kafka, PARTITIONS);
        kafka.forEach(
                (key, value) ->
                        environment.put(
                                "KAFKA_" + key.toUpperCase(Locale.ROOT).replace('.', '_'), value));
        environment.putAll(settings);
    }

    /** Settings of telemetry for a database. */
    static Map<String, String> historyIn(EmbeddedPostgres database) {
        return Map.of(
                "SCALABLE_TELEMETRY_JDBC_URL",
                database.getJdbcUrl("postgres", "postgres"),
                "SCALABLE_TELEMETRY_USERNAME",
                "postgres");
    }

    /** Starts a service under the name of its module. */
    ServiceProcess start(String module) throws IOException {
        return start(module, module);
    }

    /** Starts a service under a name of its own: a second one of the same module, for example. */
    ServiceProcess start(String module, String name) throws IOException {
        var env = new HashMap<>(environment);
        env.put("QUARKUS_OTEL_SERVICE_NAME", name);
        var service = ServiceProcess.start(module, name, folder, env);
        started.push(service);
        return service;
    }

    Map<String, String> kafka() {
        return kafka;
    }

    /** Runs a manifest's tasks on the workers of the provider-local service. */
    RunOutcome run(String manifest, RunListener listener) throws IOException {
        String id = Ids.newDeploymentId(Instant.now());
        try (var run = RunFolder.create(folder.resolve("runs"), id)) {
            return driver(id, manifest, run, listener).run();
        }
    }

    /** Begins to run a manifest's tasks, until they have ended or {@code work} has. */
    void during(String manifest, Work work) throws Exception {
        String id = Ids.newDeploymentId(Instant.now());
        try (var run = RunFolder.create(folder.resolve("runs"), id);
                var thread = Executors.newSingleThreadExecutor()) {
            RunDriver driver = driver(id, manifest, run, RunListener.SILENT);
            var outcome = thread.submit(driver::run);
            try {
                work.run(id);
            } finally {
                driver.stop();
            }
            RunOutcome unused = outcome.get();
        }
    }

    /** What is done while a deployment lives. */
    @FunctionalInterface
    interface Work {
        void run(String deploymentId) throws Exception;
    }

    private RunDriver driver(String id, String manifest, RunFolder run, RunListener listener)
            throws IOException {
        Path file = Files.writeString(folder.resolve("scalable.yaml"), manifest);
        var resolved = Manifests.load(file, Map.of()).orThrow().resolve(null, Map.of());
        var request =
                new DeploymentRequest(
                        id,
                        Instant.now(),
                        "provider-local",
                        run.file("storage").toUri(),
                        Objective.BALANCE,
                        Policy.AGGRESSIVE);
        run.writeManifest(manifest, resolved.lock());
        return new RunDriver(
                kafka(),
                resolved.deployment(request),
                resolved.submissions(id),
                run,
                listener,
                RunOptions.defaults());
    }

    @Override
    public void close() throws Exception {
        while (!started.isEmpty()) {
            started.pop().close();
        }
        broker.close();
    }
}
