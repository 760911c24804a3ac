package io.scalable.worker;

import static io.scalable.worker.Leases.lease;
import static io.scalable.worker.Leases.withInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scalable.contracts.Json;
import io.scalable.contracts.Payload;
import io.scalable.contracts.Work;
import io.scalable.contracts.kafka.TopicAdmin;
import io.scalable.contracts.storage.Payloads;
import io.scalable.contracts.storage.Storage;
import io.scalable.contracts.storage.Storages;
import io.scalable.contracts.worker.Assignment.DrainRequested;
import io.scalable.contracts.worker.WorkerReport.WorkerReady;
import io.scalable.storage.TestServer;
import io.scalable.storage.TestStorage;
import io.scalable.testkit.TestBroker;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers told by their environment, with nothing in common with this test but a bucket. */
class BucketWorkerIT {

    private static final URI BUNDLE = URI.create("s3://of-workers/energy/bundle/");
    private static final String SOURCE =
            """
            package energy;
            public class Words {
                @io.scalable.task.Task
                public static String twice(String text) {
                    System.out.println("twice " + text.length());
                    return text + text;
                }
            }
            """;

    private static TestServer server;
    private static Storage storage;
    private static TestBroker kafka;
    private static DispatcherDouble dispatcher;
    private static TopicAdmin admin;

    @TempDir Path folder;
    private Process process;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.s3();
        storage = TestStorage.s3(server, BUNDLE.getAuthority());
        kafka = TestBroker.start();
        admin = new TopicAdmin(kafka.clientProperties());
        admin.ensureShared(1);
    }

    @AfterAll
    static void stop() {
        if (kafka != null) {
            admin.close();
            kafka.close();
            server.close();
        }
    }

    @BeforeEach
    void makeDeployment() {
        admin.createDeployment(Leases.DEPLOYMENT, 1);
        dispatcher = new DispatcherDouble(kafka.clientProperties(), Leases.DEPLOYMENT);
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
        dispatcher.close();
        admin.deleteDeployment(Leases.DEPLOYMENT);
    }

    @Test
    void aWorkerFetchesItsJarAndFilesAndKeepsResultsAndLogsInItsBucket() throws Exception {
        URI base = URI.create("s3://of-workers/energy/r1/");
        var payloads = new Payloads(base, Storages.among(List.of(storage)));
        String text = "sun and wind. ".repeat(25_000);
        Payload input = payloads.write("input.json", Json.mapper().valueToTree(text));
        assertThat(input.ref()).isNotNull();
        URI jar = storage.put(BUNDLE, "model.jar", jar());

        launch(base, List.of(jar), storage.put(BUNDLE, "files.zip", zip()));
        dispatcher.await1(WorkerReady.class, ready -> ready.pid() == process.pid());
        var twice = new Work.Handler("energy.Words::twice");
        dispatcher.send(withInput(lease("twice", 0, 1, twice), input), 0);
        var script = new Work.Command(List.of("./run.sh"), null);
        dispatcher.send(lease("script", 0, 1, script), 0);

        Payload result = dispatcher.finished("d1/twice/0").result();
        assertThat(result.ref()).isEqualTo(base.resolve("results/twice/0-1.json"));
        assertThat(payloads.read(result).asText()).isEqualTo(text + text);
        assertThat(text(base.resolve("logs/twice/0-1.out")))
                .isEqualTo("twice " + text.length() + "\n");
        assertThat(dispatcher.finished("d1/script/0").result().value().asText()).isEqualTo("hydro");
        assertThat(text(base.resolve("logs/script/0-1.err"))).isEqualTo("reading\n");

        dispatcher.send(new DrainRequested(Leases.WORKER, "done"), 0);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(folder.resolve("stderr")).isEmptyFile();
        try (var left = Files.list(folder.resolve("tmp/scalable"))) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .as("jars by content, no folder of the worker's")
                    .allMatch(name -> name.matches("[0-9a-f]{64}"));
        }
    }

    @Test
    void aWorkerWhoseBucketIsNotThereSaysSoAndIsNeverReady() throws Exception {
        launch(URI.create("s3://gone/energy/r1/"), List.of(), null);

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(Files.readAllLines(folder.resolve("stderr")))
                .last()
                .asString()
                .contains("scalable worker: d1-forecast-1: the deployment's storage s3://gone/")
                .contains("there is no bucket 'gone'");
        assertThat(dispatcher.reports()).isEmpty();
    }

    @Test
    void aWorkerWhoseJarIsNotThereNamesIt() throws Exception {
        launch(URI.create("s3://of-workers/r/"), List.of(BUNDLE.resolve("gone.jar")), null);

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(folder.resolve("stderr"))
                .content()
                .contains("cannot fetch s3://of-workers/energy/bundle/gone.jar: no such object");
        assertThat(dispatcher.reports()).isEmpty();
    }

    private void launch(URI base, List<URI> classpath, URI files) throws IOException {
        var config =
                new WorkerConfig(
                        Leases.DEPLOYMENT,
                        "forecast",
                        Leases.WORKER,
                        1,
                        0,
                        Map.of(),
                        base,
                        folder,
                        List.of(),
                        Map.of(),
                        null);
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        var builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        WorkerMain.class.getName(),
                        RemoteConfig.ARGUMENT);
        builder.redirectError(folder.resolve("stderr").toFile());
        Map<String, String> env = builder.environment();
        env.put(
                RemoteConfig.VARIABLE,
                Json.mapper().writeValueAsString(new RemoteConfig(config, classpath, files)));
        env.put(RemoteConfig.KAFKA, Json.mapper().writeValueAsString(kafka.clientProperties()));
        env.put("AWS_ENDPOINT_URL", server.address().toString());
        env.put("AWS_ACCESS_KEY_ID", "test");
        env.put("AWS_SECRET_ACCESS_KEY", "test");
        env.put("AWS_REGION", "eu-central-1");
        process = builder.start();
    }

    /** Logs are stored when the attempt has ended, which may be told before. */
    private static String text(URI place) {
        await().atMost(Duration.ofSeconds(30)).until(() -> storage.exists(place));
        try {
            return new String(storage.get(place), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path jar() throws IOException {
        Path source = Files.writeString(folder.resolve("Words.java"), SOURCE);
        Path classes = Files.createDirectory(folder.resolve("classes"));
        int status =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                OutputStream.nullOutputStream(),
                                null,
                                "-cp",
                                System.getProperty("java.class.path"),
                                "-proc:none",
                                "-d",
                                classes.toString(),
                                source.toString());
        assertThat(status).isZero();
        Path jar = folder.resolve("model.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("energy/Words.class"));
            out.write(Files.readAllBytes(classes.resolve("energy/Words.class")));
        }
        return jar;
    }

    private Path zip() throws IOException {
        Path file = folder.resolve("files.zip");
        try (FileSystem zip =
                FileSystems.newFileSystem(
                        file, Map.of("create", "true", "enablePosixFileAttributes", "true"))) {
            Files.createDirectory(zip.getPath("data"));
            Files.writeString(zip.getPath("data/source.txt"), "hydro");
            Path script =
                    Files.writeString(
                            zip.getPath("run.sh"),
                            "#!/bin/sh\necho reading >&2\ncat data/source.txt\n");
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return file;
    }
}
