package io.scalable.provider.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.scalable.contracts.deployment.Bounds;
import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.provider.ValidationReport;
import io.scalable.testkit.ADeployment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AwsValidationTest {

    private final Map<String, JsonNode> options = new LinkedHashMap<>();
    private double cpus = 1;
    private long memory = 2L << 30;
    private @Nullable String image = "example/model:1";
    private Map<String, String> mounts = Map.of();

    AwsValidationTest() {
        text("subnets", "subnet-1");
        text("security_groups", "sg-1");
        text("execution_role_arn", "arn:aws:iam::1:role/start");
    }

    private void text(String key, String value) {
        options.put(key, TextNode.valueOf(value));
    }

    private ValidationReport validate(boolean secret) {
        ADeployment deployment = ADeployment.aDeployment().provider("aws");
        options.forEach(deployment::option);
        var component =
                new ComponentSpec(
                        "model",
                        image,
                        null,
                        cpus,
                        memory,
                        1,
                        new Bounds(0, 1),
                        null,
                        List.of(),
                        Map.of(),
                        mounts,
                        List.of(),
                        null);
        return AwsValidation.of(deployment.build().withWork(List.of(component), List.of()), secret);
    }

    @Test
    void aWholeTargetIsFine() {
        assertThat(validate(true).ok()).isTrue();
    }

    @Test
    void fargateNeedsANetwork() {
        options.clear();

        assertThat(validate(false).errors())
                .contains("targets.here.subnets", "targets.here.security_groups");
    }

    @Test
    void withoutARoleThereAreNoLogsAndNoSecret() {
        options.remove("execution_role_arn");

        assertThat(validate(false).ok()).isTrue();
        assertThat(validate(false).warnings()).anyMatch(w -> w.contains("logs are kept nowhere"));
        assertThat(validate(true).errors()).contains("targets.here.execution_role_arn", "secret");
    }

    @Test
    void instancesNeedNoNetworkOfTheirOwn() {
        options.clear();
        text("cluster_type", "ec2");

        assertThat(validate(false).ok()).isTrue();
        assertThat(validate(true).errors()).contains("execution_role_arn", "secret");
    }

    @Test
    void aSizeThatFargateLacksIsRoundedUpAndSaid() {
        memory = 1_000_000_000L;

        assertThat(validate(false).warnings())
                .anyMatch(
                        w ->
                                w.contains("1024 CPU units and 954 MiB")
                                        && w.contains("1024 CPU units and 2048 MiB"));
    }

    @Test
    void theTargetsSizeGoesBeforeTheComponents() {
        options.put("worker_cpu", IntNode.valueOf(4096));
        options.put("worker_mem", IntNode.valueOf(8192));

        assertThat(validate(false).warnings()).noneMatch(w -> w.contains("CPU units"));
    }

    @Test
    void whatIsTooLargeForFargateIsAnError() {
        cpus = 32;

        assertThat(validate(false).errors()).contains("components.model", "cluster_type: ec2");
    }

    @Test
    void whatDoesNotFitTheInstanceIsAnError() {
        options.clear();
        text("cluster_type", "ec2");
        text("instance_type", "m5.large");
        memory = 32L << 30;

        assertThat(validate(false).errors()).contains("targets.here.instance_type", "m5.large");
    }

    @Test
    void anImageIsNeededFromComponentOrTarget() {
        image = null;
        assertThat(validate(false).errors()).contains("components.model.image");

        text("image", "example/all:1");
        assertThat(validate(false).ok()).isTrue();
    }

    @Test
    void fargateHasNoFoldersOfThisMachine() {
        mounts = Map.of("/data", "/data");

        assertThat(validate(false).errors()).contains("components.model.mounts");
    }

    @Test
    void optionsThatMeanNothingHereAreSaid() {
        text("capacity_provider", "mine");
        assertThat(validate(false).errors()).contains("capacity_provider");

        options.remove("capacity_provider");
        text("cluster_type", "ec2");
        options.put("spot", BooleanNode.TRUE);
        assertThat(validate(false).warnings()).anyMatch(w -> w.contains("targets.here.spot"));
    }

    @Test
    void secretsAreToldByTheirKeys() {
        assertThat(Launcher.holdsSecret(Map.of("bootstrap.servers", "b", "client.id", "x")))
                .isFalse();
        assertThat(Launcher.holdsSecret(Map.of("sasl.jaas.config", "..."))).isTrue();
        assertThat(Launcher.holdsSecret(Map.of("ssl.keystore.password", "..."))).isTrue();
        assertThat(Launcher.holdsSecret(Map.of("ssl.keystore.key", "..."))).isTrue();
    }
}
