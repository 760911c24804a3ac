package io.scalable.provider.cloud.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.cloud.CloudSettings;
import io.scalable.provider.platform.ReportedWorkers;
import io.scalable.testkit.ADeployment;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PoolBodyTest {

    private static final Map<String, String> SECRET =
            Map.of("bootstrap.servers", "b:9092", "sasl.jaas.config", "topsecret");

    @Test
    void aPoolHasOneInstanceAndSaysWhoseItIs() {
        JsonNode pool = body(sound(), Map.of());

        assertThat(pool.at("/scaling/manualInstanceCount").asInt()).isEqualTo(1);
        assertThat(pool.at("/labels/managed-by").asText()).isEqualTo("scalable");
        assertThat(pool.at("/labels/scalable-deployment").asText()).startsWith("run-2-");
        assertThat(pool.at("/annotations/scalable.io~1deployment").asText()).isEqualTo("Run.2");
        assertThat(pool.at("/annotations/scalable.io~1worker-id").asText())
                .isEqualTo("Run.2-model-1");
        SeenPool seen = SeenPool.of(pool).orElseThrow();
        assertThat(seen.component()).isEqualTo("model");
    }

    @Test
    void itsContainerRunsTheMainThatEndsItsPool() {
        JsonNode container = body(sound(), Map.of()).at("/template/containers/0");
        var words = new ArrayList<String>();
        container.path("command").forEach(word -> words.add(word.asText()));
        container.path("args").forEach(word -> words.add(word.asText()));

        assertThat(words)
                .startsWith("/opt/scalable/bin/java")
                .endsWith("/opt/scalable/lib/*", "io.scalable.worker.CloudRunWorkerMain", "env");
        assertThat(variables(container))
                .containsEntry(
                        "SCALABLE_CLOUD_RUN_POOL",
                        "projects/my-project/locations/us-central1/workerPools/"
                                + SafeName.pool("Run.2-model-1"))
                .containsKey("SCALABLE_WORKER")
                .doesNotContainKey("SCALABLE_CLOUD_RUN_ENDPOINT");
        assertThat(container.at("/resources/limits/cpu").asText()).isEqualTo("1");
        assertThat(container.at("/resources/limits/memory").asText()).isEqualTo("954Mi");
    }

    @Test
    void propertiesWithoutASecretAreToldPlainly() {
        JsonNode container =
                body(sound(), Map.of("bootstrap.servers", "b:9092")).at("/template/containers/0");

        assertThat(variables(container))
                .containsEntry("SCALABLE_KAFKA", "{\"bootstrap.servers\":\"b:9092\"}");
    }

    @Test
    void aSecretIsReferredToAndNeverTold() {
        ADeployment target = sound().option("kafka_secret", TextNode.valueOf("kafka"));
        JsonNode pool = body(target, SECRET);

        assertThat(pool.toString()).doesNotContain("topsecret");
        List<JsonNode> sources = pool.findValues("secretKeyRef");
        assertThat(sources)
                .singleElement()
                .extracting(s -> s.path("secret").asText())
                .isEqualTo("kafka");
        assertThat(bodies(target, SECRET).toString()).doesNotContain("topsecret");
    }

    @Test
    void theNetworkAndTheIdentityAreTheTargets() {
        JsonNode template =
                body(
                                sound().option("network", TextNode.valueOf("n"))
                                        .option("subnetwork", TextNode.valueOf("s"))
                                        .option("service_account", TextNode.valueOf("w@p")),
                                Map.of())
                        .path("template");

        assertThat(template.path("serviceAccount").asText()).isEqualTo("w@p");
        assertThat(template.at("/vpcAccess/networkInterfaces/0/network").asText()).isEqualTo("n");
        assertThat(template.at("/vpcAccess/networkInterfaces/0/subnetwork").asText())
                .isEqualTo("s");
        assertThat(body(sound(), Map.of()).at("/template/vpcAccess").isMissingNode()).isTrue();
    }

    private static Map<String, String> variables(JsonNode container) {
        var variables = new HashMap<String, String>();
        container
                .path("env")
                .forEach(v -> variables.put(v.path("name").asText(), v.path("value").asText()));
        return variables;
    }

    private static JsonNode body(ADeployment wanted, Map<String, String> kafka) {
        var deployment = wanted.build();
        var order = LaunchOrder.of(deployment, deployment.components().get(0), "Run.2-model-1", 1);
        return bodies(wanted, kafka).of(order);
    }

    private static PoolBody bodies(ADeployment wanted, Map<String, String> kafka) {
        var settings =
                new CloudSettings(kafka, new ReportedWorkers(), InstantSource.system(), () -> {});
        return new PoolBody(settings, CloudRunTarget.of(wanted.build(), "", kafka), "");
    }

    private static ADeployment sound() {
        return CloudRunStage.onCloudRun(ADeployment.aDeployment()).id("Run.2").pool("model", 1);
    }
}
