package io.scalable.provider.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.TargetSpec;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.cloud.WorkerStart;
import io.scalable.testkit.ADeployment;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ContainerCondition;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;

class WireTest {

    private static ADeployment fargate(String id) {
        return ADeployment.aDeployment()
                .id(id)
                .provider("aws")
                .option("image", TextNode.valueOf("example/model:1"))
                .option("subnets", TextNode.valueOf("subnet-1"))
                .option("security_groups", TextNode.valueOf("sg-1"))
                .option("execution_role_arn", TextNode.valueOf("role"))
                .pool("model", 3);
    }

    private static TaskContent content(ADeployment given, boolean secret) {
        DeploymentSpec deployment = given.build();
        var component = deployment.components().getFirst();
        var order = LaunchOrder.of(deployment, component, "w-1", 1);
        return TaskContent.of(order, WorkerStart.of(order, Duration.ofSeconds(30)), secret, 30);
    }

    private static ContainerDefinition worker(RegisterTaskDefinitionRequest definition) {
        return definition.containerDefinitions().getFirst();
    }

    @Test
    void theRuntimeIsCopiedBeforeTheWorkerStarts() {
        var definition = Wire.definition(content(fargate("d"), false), "us-east-1");
        ContainerDefinition worker = worker(definition);
        ContainerDefinition runtime = definition.containerDefinitions().get(1);

        assertThat(worker.essential()).isTrue();
        assertThat(runtime.essential()).isFalse();
        assertThat(worker.dependsOn().getFirst().condition()).isEqualTo(ContainerCondition.SUCCESS);
        assertThat(worker.mountPoints().getFirst().containerPath()).isEqualTo("/opt/scalable");
        assertThat(worker.entryPoint()).containsExactly("/opt/scalable/bin/java");
        assertThat(runtime.entryPoint()).containsExactly("scalable-runtime");
        assertThat(runtime.command())
                .containsExactly(runtime.mountPoints().getFirst().containerPath());
        assertThat(runtime.mountPoints().getFirst().sourceVolume())
                .isEqualTo(worker.mountPoints().getFirst().sourceVolume());
    }

    @Test
    void whereImagesHaveTheRuntimeThereIsNoSecondContainer() {
        var given = fargate("d").option("runtime", TextNode.valueOf("preinstalled"));

        var definition = Wire.definition(content(given, false), "us-east-1");

        assertThat(definition.containerDefinitions()).hasSize(1);
        assertThat(worker(definition).dependsOn()).isEmpty();
        assertThat(definition.volumes()).isEmpty();
    }

    @Test
    void aDefinitionWithoutASecretIsTheSameForEveryDeployment() {
        assertThat(content(fargate("one"), false).hash())
                .isEqualTo(content(fargate("two"), false).hash());
        assertThat(content(fargate("one"), true).family())
                .isNotEqualTo(content(fargate("two"), true).family());
        assertThat(content(fargate("one"), false).hash())
                .isNotEqualTo(
                        content(fargate("one").option("image", TextNode.valueOf("other")), false)
                                .hash());
    }

    @Test
    void theSecretIsNamedNotShown() {
        var definition = Wire.definition(content(fargate("d"), true), "us-east-1");

        assertThat(worker(definition).secrets().getFirst().valueFrom())
                .isEqualTo("/scalable/d/kafka");
        assertThat(worker(definition).environment())
                .noneMatch(pair -> pair.name().equals("SCALABLE_KAFKA"));
    }

    @Test
    void spotTasksHaveTheWholeWarningToFinish() {
        var given =
                fargate("d").option("spot", com.fasterxml.jackson.databind.node.BooleanNode.TRUE);

        assertThat(content(given, false).stopTimeout()).isEqualTo(120);
        assertThat(content(fargate("d"), false).stopTimeout()).isEqualTo(30);
    }

    @Test
    void aCallSaysWhoseTheTaskIs() {
        TargetSpec target = fargate("d").build().target();
        var request =
                new RunRequest(
                        "definition",
                        "FARGATE_SPOT",
                        Map.of("SCALABLE_WORKER", "{}"),
                        Ownership.startedBy("d"),
                        Ownership.token("w-1", 1),
                        Ownership.tags(Map.of("team", "energy"), "d", "model", "w-1"));

        RunTaskRequest run = Wire.run(request, AwsTarget.of(target));

        assertThat(run.count()).isEqualTo(1);
        assertThat(run.clientToken()).hasSize(64);
        assertThat(run.startedBy()).startsWith("scalable-").hasSizeLessThanOrEqualTo(36);
        assertThat(run.tags()).hasSize(4);
        assertThat(run.capacityProviderStrategy().getFirst().capacityProvider())
                .isEqualTo("FARGATE_SPOT");
        assertThat(run.launchType()).isNull();
        assertThat(run.networkConfiguration().awsvpcConfiguration().subnets())
                .containsExactly("subnet-1");
    }

    @Test
    void ordinaryCapacityIsALaunchTypeForTheClusterMayNotKnowItByName() {
        TargetSpec target = fargate("d").build().target();
        var request = new RunRequest("definition", "FARGATE", Map.of(), "by", "t", Map.of());

        RunTaskRequest run = Wire.run(request, AwsTarget.of(target));

        assertThat(run.launchTypeAsString()).isEqualTo("FARGATE");
        assertThat(run.hasCapacityProviderStrategy()).isFalse();
    }

    @Test
    void withoutARoleOnFargateThereAreNoLogs() {
        var given = fargate("d").option("execution_role_arn", TextNode.valueOf(""));

        assertThat(content(given, false).logGroup()).isNull();
        var definition = Wire.definition(content(given, false), "us-east-1");
        assertThat(worker(definition).logConfiguration()).isNull();
    }

    @Test
    void tokensDifferByWorkerAndAttempt() {
        assertThat(Ownership.token("w-1", 1))
                .isEqualTo(Ownership.token("w-1", 1))
                .isNotEqualTo(Ownership.token("w-1", 2))
                .isNotEqualTo(Ownership.token("w-11", 1));
    }

    @Test
    void familiesAreNamesThatEcsTakes() {
        assertThat(Ownership.family("my project!", "a.b", ""))
                .matches("[A-Za-z0-9_-]{1,255}")
                .startsWith("scalable-my-project-");
        assertThat(Ownership.family("p".repeat(300), "c", "d")).hasSize(255);
    }
}
