package io.scalable.provider.cloud.kubernetes;

import static io.scalable.provider.ProviderStage.SLOW;
import static io.scalable.provider.ProviderStage.STEADY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.worker.WorkerReport.WorkerReady;
import io.scalable.provider.Deployments;
import io.scalable.provider.backend.BackendUnavailableException;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.backend.WorkerBackend;
import io.scalable.provider.backend.WorkerStatus;
import io.scalable.provider.backend.WorkerStatus.Exited;
import io.scalable.provider.backend.WorkerStatus.Pending;
import io.scalable.provider.backend.WorkerStatus.Running;
import io.scalable.provider.cloud.CloudSettings;
import io.scalable.provider.platform.ReportedWorkers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What only a real control plane can say. Its node is played by the test. */
class RealClusterIT {

    private final ReportedWorkers reported = new ReportedWorkers();
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private RealCluster cluster;
    private PlayedNode node;
    private DeploymentSpec deployment;
    private KubernetesProvider provider;
    private WorkerBackend backend;

    @BeforeEach
    void begin() {
        cluster = RealCluster.open();
        node = new PlayedNode(cluster.admin, cluster.namespace, "4");
        deployment =
                Deployments.aDeployment("d")
                        .provider("kubernetes")
                        .option("namespace", new TextNode(cluster.namespace))
                        .option("image", new TextNode("science:1"))
                        .option(
                                "node_selector",
                                JsonNodeFactory.instance
                                        .objectNode()
                                        .put(PlayedNode.LABEL, cluster.namespace))
                        .pool(STEADY, 50)
                        .pool(SLOW, 50)
                        .build();
        backend = backend(RealCluster.required("SCALABLE_TEST_KUBECONFIG"));
    }

    @AfterEach
    void end() {
        if (cluster != null) {
            backend.close();
            node.close();
            cluster.close();
        }
    }

    private WorkerBackend backend(String kubeconfig) {
        var settings =
                new CloudSettings(
                        Map.of("bootstrap.servers", "broker:9092"),
                        reported,
                        () -> Instant.now().plus(ahead.get()),
                        () -> {});
        provider =
                new KubernetesProvider("kubernetes", settings, _ -> RealCluster.client(kubeconfig));
        return provider.buildCluster(deployment).backend();
    }

    private void launch(String component, int ordinal) {
        backend.launch(
                LaunchOrder.of(
                        deployment,
                        deployment.component(component).orElseThrow(),
                        "d-" + component + "-" + ordinal,
                        ordinal));
    }

    private void eventually(ThrowingConsumer<Map<String, WorkerStatus>> check) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .ignoreException(BackendUnavailableException.class)
                .untilAsserted(() -> check.accept(backend.observe()));
    }

    private void becomes(String workerId, Class<? extends WorkerStatus> kind) {
        eventually(listing -> assertThat(listing.get(workerId)).isInstanceOf(kind));
    }

    private List<Pod> pods() {
        return cluster.admin.pods().inNamespace(cluster.namespace).list().getItems();
    }

    private static void ready(ReportedWorkers reported, String workerId) {
        boolean unused =
                reported.heard(
                        new WorkerReady("d", workerId, "c", 1, 0, "h", 1, null, Instant.now()));
    }

    @Test
    void theServerTakesThePodWithAllThatATargetCanSay() {
        var component =
                Orders.component(
                        "science:2",
                        Map.of("/data", "/in", "/scratch", "/tmp/s", "/shared", "/shared"),
                        "module load x; echo $(date)");
        LaunchOrder order =
                Orders.with(
                        "{'namespace': '"
                                + cluster.namespace
                                + "', 'node_selector': {'disk': 'ssd'}, 'spot': true,"
                                + " 'tolerations': [{'key': 'gpu', 'operator': 'Exists',"
                                + " 'effect': 'NoSchedule'}], 'service_account': 'worker',"
                                + " 'image_pull_secrets': ['pull'], 'env': {'TZ': 'UTC'},"
                                + " 'mounts': {'/data': 'pvc:data', '/scratch': 'emptyDir'},"
                                + " 'resources': {'limits': {'example.com/gpu': 1}}}",
                        component);
        cluster.admin
                .serviceAccounts()
                .inNamespace(cluster.namespace)
                .resource(
                        new ServiceAccountBuilder()
                                .withNewMetadata()
                                .withName("worker")
                                .endMetadata()
                                .build())
                .create();
        var target = KubernetesTarget.of(order.deployment().target(), "default");
        Pod pod = new PodTemplate(target, order, "0000-1111").pod();

        Pod taken =
                cluster.admin
                        .pods()
                        .inNamespace(cluster.namespace)
                        .resource(pod)
                        .dryRun(true)
                        .create();

        assertThat(taken.getSpec().getContainers().getFirst().getCommand())
                .isEqualTo(pod.getSpec().getContainers().getFirst().getCommand());
        assertThat(taken.getStatus().getQosClass()).isEqualTo("Guaranteed");
    }

    @Test
    void fromLaunchToTheSecretsEnd() {
        launch(STEADY, 1);
        becomes("d-steady-1", Running.class);
        ready(reported, "d-steady-1");
        assertThat(cluster.admin.secrets().inNamespace(cluster.namespace).list().getItems())
                .extracting(secret -> secret.getMetadata().getName())
                .contains("scalable-d");

        backend.terminate("d-steady-1");
        becomes("d-steady-1", Exited.class);
        backend.forget("d-steady-1");
        backend.close();

        assertThat(cluster.admin.secrets().inNamespace(cluster.namespace).list().getItems())
                .extracting(secret -> secret.getMetadata().getName())
                .doesNotContain("scalable-d");
    }

    @Test
    void aQuotaIsMetSaidAndUsedAgainWhenThereIsRoom() {
        cluster.admin
                .resourceQuotas()
                .inNamespace(cluster.namespace)
                .resource(
                        new ResourceQuotaBuilder()
                                .withNewMetadata()
                                .withName("two")
                                .endMetadata()
                                .withNewSpec()
                                .withHard(Map.of("pods", Quantity.parse("2")))
                                .endSpec()
                                .build())
                .create();
        await().until(
                        () ->
                                !cluster.admin
                                        .resourceQuotas()
                                        .inNamespace(cluster.namespace)
                                        .withName("two")
                                        .get()
                                        .getStatus()
                                        .getHard()
                                        .isEmpty());
        for (int ordinal = 1; ordinal <= 4; ordinal++) {
            launch(STEADY, ordinal);
        }

        eventually(
                listing -> {
                    assertThat(listing.values()).filteredOn(Running.class::isInstance).hasSize(2);
                    assertThat(listing.values())
                            .filteredOn(
                                    s ->
                                            s instanceof Pending(var reason)
                                                    && String.valueOf(reason).contains("quota"))
                            .hasSize(2);
                });
        assertThat(pods()).hasSize(2);

        String first =
                backend.observe().entrySet().stream()
                        .filter(e -> e.getValue() instanceof Running)
                        .findFirst()
                        .orElseThrow()
                        .getKey();
        backend.terminate(first);
        becomes(first, Exited.class);
        backend.forget(first);
        eventually(
                listing -> {
                    ahead.updateAndGet(time -> time.plusSeconds(1));
                    assertThat(listing.values()).filteredOn(Running.class::isInstance).hasSize(2);
                });
    }

    @Test
    void aHundredWorkersAreAHundredCallsAndAWatch() {
        node.close();
        node = new PlayedNode(cluster.admin, cluster.namespace, "200");
        for (int ordinal = 1; ordinal <= 100; ordinal++) {
            launch(STEADY, ordinal);
        }

        eventually(
                listing ->
                        assertThat(listing.values())
                                .hasSize(100)
                                .allMatch(Running.class::isInstance));

        assertThat(provider.calls())
                .isEqualTo(Map.of("create pods", 100L, "create secrets", 1L, "watch pods", 1L));
    }

    @Test
    void aPodThatFitsNoNodeSaysWhy() {
        for (int ordinal = 1; ordinal <= 5; ordinal++) {
            launch(STEADY, ordinal);
        }

        eventually(
                listing ->
                        assertThat(listing.values())
                                .filteredOn(
                                        s ->
                                                s instanceof Pending(var reason)
                                                        && String.valueOf(reason)
                                                                .contains("Insufficient cpu"))
                                .hasSize(1));
    }

    @Test
    void aNodeThatFallsSilentLosesItsWorkersOnce() {
        launch(STEADY, 1);
        becomes("d-steady-1", Running.class);
        ready(reported, "d-steady-1");

        // Where no node is ready any more, a control plane doubts itself and evicts nothing.
        try (var _ = new PlayedNode(cluster.admin, cluster.namespace + "-other", "1")) {
            node.fallSilent();
            eventually(
                    _ ->
                            assertThat(pods().getFirst().getMetadata().getDeletionTimestamp())
                                    .isNotNull());
        }
        assertThat(backend.observe().get("d-steady-1"))
                .as("nobody has said that it ended")
                .isInstanceOf(Running.class);

        eventually(
                listing -> {
                    ahead.updateAndGet(time -> time.plusSeconds(2));
                    assertThat(listing.get("d-steady-1"))
                            .isInstanceOfSatisfying(
                                    Exited.class,
                                    e ->
                                            assertThat(e.cause())
                                                    .isEqualTo(FailureClass.NODE_FAILURE));
                });
        assertThat(pods()).isEmpty();
    }

    @Test
    void aPodThatSomebodyDeletesIsTakenAway() {
        launch(STEADY, 1);
        becomes("d-steady-1", Running.class);

        var unused =
                cluster.admin
                        .pods()
                        .inNamespace(cluster.namespace)
                        .withName("scalable-d-steady-1")
                        .delete();

        eventually(
                listing ->
                        assertThat(listing.get("d-steady-1"))
                                .isInstanceOfSatisfying(
                                        Exited.class,
                                        e ->
                                                assertThat(e.cause())
                                                        .isEqualTo(FailureClass.PREEMPTED)));
    }

    @Test
    void theProjectsRoleIsEnough() throws IOException {
        String kubeconfig = RealCluster.required("SCALABLE_TEST_KUBE_USER");
        try (var user = RealCluster.client(kubeconfig)) {
            assertThatThrownBy(() -> user.pods().inNamespace(cluster.namespace).list())
                    .isInstanceOf(KubernetesClientException.class);
            backend.close();
            backend = backend(kubeconfig);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () ->
                                    assertThatThrownBy(() -> backend.observe())
                                            .hasMessageContaining("no right to list pods"));

            cluster.grant(user);
            launch(STEADY, 1);
            becomes("d-steady-1", Running.class);
            backend.close();
            backend = backend(kubeconfig);
            launch(SLOW, 1);
            becomes("d-slow-1", Running.class);
            backend.terminate("d-steady-1");
            backend.terminate("d-slow-1");
            becomes("d-steady-1", Exited.class);
            becomes("d-slow-1", Exited.class);
            backend.forget("d-steady-1");
            backend.forget("d-slow-1");
            backend.close();

            assertThat(pods()).isEmpty();
            assertThat(cluster.admin.secrets().inNamespace(cluster.namespace).list().getItems())
                    .isEmpty();
            assertThatThrownBy(() -> user.secrets().inNamespace(cluster.namespace).list())
                    .as("secrets are not to be read")
                    .isInstanceOf(KubernetesClientException.class);
        }
    }

    @Test
    void theServerTakesTheProjectsManifests() throws IOException {
        try (Stream<Path> files = Files.walk(RealCluster.MANIFESTS)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
                if (file.endsWith("kustomization.yaml") || file.endsWith("namespace.yaml")) {
                    continue;
                }
                try (var in = Files.newInputStream(file)) {
                    for (HasMetadata object : cluster.admin.load(in).items()) {
                        HasMetadata unused =
                                cluster.admin
                                        .resource(object)
                                        .inNamespace(cluster.namespace)
                                        .dryRun(true)
                                        .create();
                    }
                }
            }
        }
    }
}
