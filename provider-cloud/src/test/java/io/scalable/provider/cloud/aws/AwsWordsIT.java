package io.scalable.provider.cloud.aws;

import static io.scalable.provider.Deployments.plan;
import static io.scalable.provider.ProviderStage.BROKEN;
import static io.scalable.provider.ProviderStage.SLOW;
import static io.scalable.provider.ProviderStage.STEADY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scalable.contracts.Ids;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerFailed;
import io.scalable.provider.backend.BackendUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;

/** What is said when something is wrong, and what is kept, shared, found and taken away. */
class AwsWordsIT extends AwsScene {

    private static final String PASSWORD = "open-sesame";

    private static final Map<String, String> SECRET =
            Map.of(
                    "bootstrap.servers",
                    "broker:9092",
                    "sasl.jaas.config",
                    "Login required username=\"run\" password=\"" + PASSWORD + "\";");

    @Test
    void expiredCredentialsEndNoWorker() {
        run(2);
        eventually(() -> assertThat(ready()).hasSize(2));

        server.fail("*", "ExpiredTokenException", 6);
        desire(STEADY, 3);

        eventually(() -> assertThat(ready()).hasSize(3));
        untouched(3);
    }

    @Test
    void expiredCredentialsAreSaidFromTheStart() {
        server.fail("*", "ExpiredTokenException", 100);
        host.deploymentChanged(deployment(1).build());

        eventually(
                () ->
                        assertThat(unavailable())
                                .contains("expired", "aws sso login", "ecs:ListTasks"));
        assertThat(sink.events()).isEmpty();
    }

    @Test
    void aWrongClockIsSaid() {
        server.fail("*", "InvalidSignatureException", 100);
        host.deploymentChanged(deployment(1).build());

        eventually(() -> assertThat(unavailable()).contains("set its clock"));
        assertThat(sink.events()).isEmpty();
    }

    @Test
    void aMissingPermissionIsNamed() {
        server.fail("RunTask", "AccessDeniedException", 100);

        run(1);

        eventually(
                () ->
                        assertThat(sink.events(WorkerFailed.class))
                                .isNotEmpty()
                                .allMatch(f -> f.failureClass() == FailureClass.START_FAILURE)
                                .allMatch(
                                        f ->
                                                f.message()
                                                        .contains(
                                                                "not allowed to ecs:RunTask in"
                                                                        + " cluster 'default'")));
        assertThat(server.tasks()).isEmpty();
    }

    @Test
    void aMissingClusterIsNamed() {
        stage.option("cluster", "nowhere");

        run(1);

        eventually(
                () ->
                        assertThat(sink.events(WorkerFailed.class))
                                .isNotEmpty()
                                .allMatch(
                                        f ->
                                                f.message()
                                                        .contains(
                                                                "aws ecs create-cluster"
                                                                        + " --cluster-name"
                                                                        + " nowhere")));
    }

    @Test
    void anImageThatCannotBePulledIsExplained() {
        stage.option("image", "example/missing:1");

        run(1);

        eventually(
                () ->
                        assertThat(sink.events(WorkerFailed.class))
                                .isNotEmpty()
                                .allMatch(f -> f.failureClass() == FailureClass.START_FAILURE)
                                .allMatch(
                                        f ->
                                                f.message().contains("example/missing:1")
                                                        && f.message().contains("NAT gateway")));
    }

    @Test
    void aWorkerThatFailsSaysWhereItsLogIs() {
        host.deploymentChanged(stage.deployment(id).pool(BROKEN, 1).build());
        desire(BROKEN, 1);

        eventually(
                () ->
                        assertThat(sink.events(WorkerFailed.class))
                                .isNotEmpty()
                                .allMatch(
                                        f ->
                                                f.message().contains("exit status 1")
                                                        && f.message()
                                                                .contains(
                                                                        "group /scalable/workers,"
                                                                                + " stream")));
    }

    @Test
    void theBrokersSecretIsInTheParameterStoreAloneAndGoesWithTheDeployment() {
        stage(SECRET, AwsStage.QUICK);
        run(2);
        eventually(() -> assertThat(ready()).hasSize(2));

        assertThat(stage.kafka(worker(1))).contains("open-sesame");
        TaskDefinition definition = definition();
        assertThat(definition.toString()).doesNotContain(PASSWORD);
        assertThat(server.tasks().toString()).doesNotContain(PASSWORD);
        assertThat(parameter()).isTrue();

        host.deploymentEnded(id);

        eventually(() -> assertThat(host.idle()).isTrue());
        assertThat(parameter()).isFalse();
        assertThat(definition(definition.taskDefinitionArn()).statusAsString())
                .isEqualTo("INACTIVE");
    }

    @Test
    void deploymentsWithoutASecretShareATaskDefinition() {
        run(1);
        eventually(() -> assertThat(ready()).hasSize(1));
        String first = definition().taskDefinitionArn();
        host.deploymentEnded(id);
        eventually(() -> assertThat(host.idle()).isTrue());
        int registered = server.calls("RegisterTaskDefinition");

        id = "trouble-" + Ids.random(6);
        run(1);

        eventually(() -> assertThat(ready()).hasSize(1));
        assertThat(definition().taskDefinitionArn()).isEqualTo(first);
        assertThat(server.calls("RegisterTaskDefinition")).isEqualTo(registered);
    }

    @Test
    void ownersAreFoundAndSwept() {
        host.deploymentChanged(stage.deployment(id).pool(STEADY, 2).pool(SLOW, 1).build());
        host.planChanged(plan(id, ++generation, Map.of(STEADY, 2, SLOW, 1)));
        eventually(() -> assertThat(stage.alive(id)).hasSize(3));

        try (var workers = new AwsWorkers(stage.deployment(id).build().target())) {
            List<AwsWorkers.Owned> alive = workers.alive();
            assertThat(alive).hasSize(3).allMatch(w -> w.deploymentId().equals(id));
            assertThat(alive)
                    .extracting(AwsWorkers.Owned::workerId)
                    .contains(worker(1), worker(2), Ids.workerId(id, SLOW, 1));
            assertThat(alive).allMatch(w -> w.age().compareTo(Duration.ofMinutes(1)) < 0);

            workers.end(alive);

            await().atMost(Duration.ofSeconds(10)).until(() -> workers.alive().isEmpty());
        }
    }

    private String unavailable() {
        try {
            var _ = stage.provider().buildCluster(deployment(3).build()).backend().observe();
            return "";
        } catch (BackendUnavailableException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private TaskDefinition definition() {
        return definition(server.tasks().getFirst().definition());
    }

    private static TaskDefinition definition(String arn) {
        try (var ecs = EcsServer.client()) {
            return ecs.describeTaskDefinition(d -> d.taskDefinition(arn)).taskDefinition();
        }
    }

    private boolean parameter() {
        try (var ssm = EcsServer.secrets()) {
            var _ = ssm.getParameter(g -> g.name(Ownership.parameter(id)));
            return true;
        } catch (ParameterNotFoundException e) {
            return false;
        }
    }
}
