package io.scalable.provider.cloud.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.scalable.provider.ProviderStage;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.cloud.CloudSettings;
import io.scalable.provider.platform.ReportedWorkers;
import io.scalable.testkit.ADeployment;
import io.scalable.worker.RemoteConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker's process as Cloud Run starts it: the command and environment of its pool. */
class CloudRunWorkerMainIT implements FakeCloudRun.Containers {

    private static final String WORKER = "run-1-steady-1";
    private static DiscoveryDocument document;

    @TempDir Path folder;
    private FakeCloudRun cloud;
    private HttpServer metadata;
    private Process process;

    @BeforeAll
    static void readTheApisDescription() {
        document = DiscoveryDocument.of("run.v2");
    }

    @BeforeEach
    void begin() throws Exception {
        cloud = new FakeCloudRun(document, InstantSource.system(), this);
        cloud.api.letIn("of-the-metadata-server");
        metadata = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        metadata.createContext(
                "/computeMetadata/v1/instance/service-accounts/default/token",
                exchange -> {
                    try (exchange) {
                        boolean asked =
                                "Google"
                                        .equals(
                                                exchange.getRequestHeaders()
                                                        .getFirst("Metadata-Flavor"));
                        byte[] token =
                                "{\"access_token\":\"of-the-metadata-server\",\"expires_in\":99}"
                                        .getBytes(StandardCharsets.UTF_8);
                        exchange.sendResponseHeaders(asked ? 200 : 403, token.length);
                        exchange.getResponseBody().write(token);
                    }
                });
        metadata.start();
    }

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
        metadata.stop(0);
        cloud.close();
        assertThat(cloud.api.violations()).isEmpty();
    }

    /** It cannot start: its broker's properties are no JSON. */
    @Test
    void aWorkerThatFailsDeletesItsPoolAndStaysUntilItIsStopped() throws Exception {
        create();
        await().atMost(Duration.ofSeconds(60)).until(() -> cloud.api.calls("delete") > 0);

        assertThat(process.isAlive()).isTrue();
        assertThat(Files.readString(folder.resolve("stderr")))
                .contains("cannot read the configuration")
                .doesNotContain("cannot be deleted");
        assertThat(cloud.pools()).isNotEmpty();

        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(cloud.api.calls("create")).isEqualTo(1);
    }

    @Test
    void aPoolThatCannotBeDeletedIsSaidAndTriedAgain() throws Exception {
        cloud.api.trouble("delete", 1, 403, "PERMISSION_DENIED", "Permission denied.");

        create();

        await().atMost(Duration.ofSeconds(60)).until(() -> cloud.api.calls("delete") > 1);
        assertThat(Files.readString(folder.resolve("stderr")))
                .contains("cannot be deleted: 403 Permission denied.", "run.workerpools.delete");
    }

    /** Makes the pool as the provider does; its process is started as it says. */
    private void create() {
        var deployment =
                CloudRunStage.onCloudRun(ADeployment.aDeployment())
                        .pool(ProviderStage.STEADY, 1)
                        .build();
        var settings =
                new CloudSettings(
                        Map.of("bootstrap.servers", "127.0.0.1:1"),
                        new ReportedWorkers(),
                        InstantSource.system(),
                        () -> {});
        var target = CloudRunTarget.of(deployment, "", settings.kafka());
        var body =
                new PoolBody(settings, target, cloud.api.address())
                        .of(LaunchOrder.of(deployment, deployment.components().get(0), WORKER, 1));
        cloud.api.letIn("");
        try (var google =
                new CloudRunRest(
                        new GoogleRest(
                                new GoogleEndpoint(
                                        java.net.URI.create(cloud.api.address()),
                                        GoogleLogin.NONE,
                                        true)),
                        "my-project",
                        "us-central1")) {
            var unused = google.create(SafeName.pool(WORKER), body);
        }
        cloud.api.letIn("of-the-metadata-server");
    }

    @Override
    public void started(String workerId, JsonNode container) {
        var command = new ArrayList<String>();
        container.path("command").forEach(word -> command.add(word.asText()));
        container.path("args").forEach(word -> command.add(word.asText()));
        command.replaceAll(CloudRunWorkerMainIT::onThisMachine);
        var builder = new ProcessBuilder(command);
        container
                .path("env")
                .forEach(
                        variable ->
                                builder.environment()
                                        .put(
                                                variable.path("name").asText(),
                                                variable.path("value").asText()));
        builder.environment().put(RemoteConfig.KAFKA, "no JSON");
        builder.environment()
                .put("GCE_METADATA_HOST", "127.0.0.1:" + metadata.getAddress().getPort());
        try {
            process = builder.redirectError(folder.resolve("stderr").toFile()).start();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String onThisMachine(String word) {
        List<String> here =
                List.of(System.getProperty("java.home"), System.getProperty("java.class.path"));
        return switch (word) {
            case "/opt/scalable/bin/java" -> here.get(0) + "/bin/java";
            case "/opt/scalable/lib/*" -> here.get(1);
            default -> word;
        };
    }

    /** SIGTERM is the test's own. */
    @Override
    public boolean stopped(String workerId) {
        return false;
    }
}
