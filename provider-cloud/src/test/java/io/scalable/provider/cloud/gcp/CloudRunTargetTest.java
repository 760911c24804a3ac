package io.scalable.provider.cloud.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.scalable.contracts.deployment.Bounds;
import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.provider.ValidationReport;
import io.scalable.testkit.ADeployment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudRunTargetTest {

    private static final Map<String, String> PLAIN = Map.of("bootstrap.servers", "broker:9092");

    @Test
    void aSoundTargetHasNothingToSay() {
        CloudRunTarget target = CloudRunTarget.of(sound().build(), "", PLAIN);

        assertThat(target.findings()).isEmpty();
        assertThat(target.project()).isEqualTo("my-project");
        assertThat(target.region()).isEqualTo("us-central1");
    }

    @Test
    void theProjectMayComeFromThePythonKeyOrFromOutside() {
        var other = bare().option("region", TextNode.valueOf("r1")).build();
        var old = bare().option("project_id", TextNode.valueOf("old")).build();

        assertThat(CloudRunTarget.of(other, "outside", PLAIN).project()).isEqualTo("outside");
        assertThat(CloudRunTarget.of(old, "outside", PLAIN).project()).isEqualTo("old");
    }

    @Test
    void theRegionMayComeFromTheZone() {
        var target = bare().option("zone", TextNode.valueOf("europe-west1-b")).build();

        assertThat(CloudRunTarget.of(target, "p", PLAIN).region()).isEqualTo("europe-west1");
    }

    @Test
    void whatIsMissingIsNamed() {
        String errors = errors(bare().build(), PLAIN);

        assertThat(errors)
                .contains("targets.here.project: names no project")
                .contains("targets.here.region: names no region")
                .contains("targets.here.runtime: must be preinstalled")
                .contains("COPY --from=scalable/worker-runtime:0.1.0 /opt/scalable /opt/scalable")
                .contains("components.model.image: is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sasl.jaas.config",
                "ssl.key.password",
                "ssl.keystore.key",
                "ssl.truststore.password",
                "sasl.oauthbearer.client.credentials.client.secret"
            })
    void aSecretIsNotShownInAPool(String key) {
        Map<String, String> kafka = Map.of("bootstrap.servers", "b:9092", key, "topsecret");

        assertThat(errors(sound().build(), kafka))
                .contains("targets.here.kafka_secret", "Secret Manager", "private network")
                .doesNotContain("topsecret");
        var named = sound().option("kafka_secret", TextNode.valueOf("kafka")).build();
        assertThat(errors(named, kafka)).isEmpty();
    }

    @Test
    void aSecretsNameIsChecked() {
        var right =
                sound().option("kafka_secret", TextNode.valueOf("projects/p/secrets/k")).build();
        var wrong = sound().option("kafka_secret", TextNode.valueOf("projects/p/k")).build();

        assertThat(errors(right, PLAIN)).isEmpty();
        assertThat(errors(wrong, PLAIN)).contains("must be a secret's name");
    }

    @Test
    void spotIsSaidToHaveNoEffect() {
        var target = CloudRunTarget.of(sound().option("spot", BooleanNode.TRUE).build(), "", PLAIN);

        assertThat(new ValidationReport(target.findings()).warnings())
                .singleElement()
                .asString()
                .contains("targets.here.spot");
    }

    @Test
    void mountsCannotBeHad() {
        DeploymentSpec plain = sound().build();
        var mounted =
                new ComponentSpec(
                        "model",
                        "image:1",
                        null,
                        1,
                        1L << 30,
                        1,
                        new Bounds(0, 1),
                        null,
                        List.of(),
                        Map.of(),
                        Map.of("/data", "/data"),
                        List.of(),
                        null);

        assertThat(errors(plain.withWork(List.of(mounted), List.of()), PLAIN))
                .contains("components.model.mounts");
    }

    private static String errors(DeploymentSpec deployment, Map<String, String> kafka) {
        return new ValidationReport(CloudRunTarget.of(deployment, "", kafka).findings()).errors();
    }

    private static ADeployment sound() {
        return CloudRunStage.onCloudRun(ADeployment.aDeployment()).pool("model", 1);
    }

    private static ADeployment bare() {
        return ADeployment.aDeployment().provider("gcp").pool("model", 1);
    }
}
