package io.scalable.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scalable.contracts.Json;
import io.scalable.contracts.schema.RecordType;
import io.scalable.contracts.schema.RecordTypes;
import io.scalable.testkit.DevScript;
import io.scalable.testkit.Readiness;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Apicurio Registry takes the schemas, and keeps incompatible ones out: those that were
 * released come first, so a change that breaks readers fails here.
 */
@Timeout(180)
@TestMethodOrder(OrderAnnotation.class)
class SchemaRegistryIT {

    private static final File RELEASED = new File("../contracts/src/test/resources/released.json");

    private static Process server;
    private static SchemaRegistry registry;
    private static URI root;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        Optional<String> home = DevScript.run("apicurio");
        Assumptions.assumeTrue(home.isPresent(), "needs Apicurio Registry (dev/apicurio)");
        int port = freePort();
        var builder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                                "-jar",
                                home.get() + "/quarkus-run.jar")
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("registry.log").toFile());
        builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        builder.environment().put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        builder.environment().put("QUARKUS_MANAGEMENT_PORT", Integer.toString(freePort()));
        server = builder.start();
        root = URI.create("http://127.0.0.1:" + port);
        String unused = Readiness.await(URI.create(root + "/apis/registry/v3/system/info"));
        registry = new SchemaRegistry(root);
    }

    @AfterAll
    static void stop() {
        if (registry != null) {
            registry.close();
        }
        if (server != null) {
            server.destroyForcibly().onExit().join();
        }
    }

    @Test
    @Order(1)
    void whatIsCurrentReadsWhatWasReleased() throws Exception {
        registry.prepare();
        for (var released : Json.mapper().readTree(RELEASED).properties()) {
            String unused =
                    registry.register(released.getKey(), "1.0", released.getValue().toString());
        }
        for (RecordType type : RecordTypes.all()) {
            String unused = registry.register(type.name(), type.version(), type.schema());
        }
        assertThat(Main.commandLine().execute("schemas", "register", "--registry", root.toString()))
                .isZero();
    }

    @Test
    @Order(2)
    void anOptionalFieldAndATypeMayCome() throws Exception {
        ObjectNode schema = withNote(submitTask());

        assertThat(registry.register("SubmitTask", "1.99", schema.toString())).isEqualTo("1.99");
        assertThat(registry.register("TaskPaused", "1.0", schema.toString())).isEqualTo("1.0");
    }

    @Test
    @Order(3)
    void noFieldMayGoNorBecomeRequired() throws IOException {
        ObjectNode without = withNote(submitTask());
        ((ObjectNode) without.path("properties")).remove("retries");
        ObjectNode required = withNote(submitTask());
        ((ArrayNode) required.path("required")).add("retries");

        assertThatThrownBy(() -> registry.register("SubmitTask", "1.0", required.toString()))
                .hasMessageContaining("SubmitTask 1.0");
        for (ObjectNode schema : List.of(without, required)) {
            assertThatThrownBy(() -> registry.register("SubmitTask", "2.0", schema.toString()))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("the registry refuses SubmitTask 2.0");
        }
    }

    /** The same schema with one more field, which may be left out. */
    private static ObjectNode withNote(ObjectNode schema) {
        ((ObjectNode) schema.path("properties"))
                .putObject("note")
                .putArray("type")
                .add("string")
                .add("null");
        return schema;
    }

    private static ObjectNode submitTask() throws IOException {
        String schema =
                RecordTypes.all().stream()
                        .filter(type -> type.name().equals("SubmitTask"))
                        .findFirst()
                        .orElseThrow()
                        .schema();
        JsonNode json = Json.mapper().readTree(schema);
        return (ObjectNode) json;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
