package io.scalable.provider.cloud.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.worker.RemoteConfig;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PodTemplateTest {

    private static Pod pod(LaunchOrder order) {
        var target = KubernetesTarget.of(order.deployment().target(), "default");
        return new PodTemplate(target, order, "uid-1").pod();
    }

    private static Container worker(Pod pod) {
        return pod.getSpec().getContainers().getFirst();
    }

    private static Map<String, String> environment(Pod pod) {
        return worker(pod).getEnv().stream()
                .filter(variable -> variable.getValue() != null)
                .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
    }

    @Test
    void aWorkerIsOneBarePodThatSaysWhoseItIs() {
        Pod pod = pod(Orders.with("{'namespace': 'energy'}"));

        assertThat(pod.getMetadata().getNamespace()).isEqualTo("energy");
        assertThat(pod.getMetadata().getName()).isEqualTo("scalable-d-model-3");
        assertThat(pod.getMetadata().getLabels())
                .containsOnly(
                        entry("app.kubernetes.io/managed-by", "scalable"),
                        entry("scalable.io/deployment", "d"),
                        entry("scalable.io/component", "model"));
        assertThat(pod.getMetadata().getAnnotations())
                .containsEntry("scalable.io/worker-id", "d-model-3")
                .containsEntry("scalable.io/deployment", "d")
                .containsEntry("scalable.io/ordinal", "3");
        assertThat(pod.getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(
                        owner -> {
                            assertThat(owner.getKind()).isEqualTo("Secret");
                            assertThat(owner.getName()).isEqualTo("scalable-d");
                            assertThat(owner.getUid()).isEqualTo("uid-1");
                        });
        assertThat(pod.getSpec().getRestartPolicy()).isEqualTo("Never");
        assertThat(pod.getSpec().getTerminationGracePeriodSeconds()).isEqualTo(30);
        assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
    }

    @Test
    void requestsAreLimits() {
        Pod pod = pod(Orders.with("{'resources': {'limits': {'nvidia.com/gpu': 1}}}"));

        assertThat(worker(pod).getResources().getRequests())
                .isEqualTo(worker(pod).getResources().getLimits())
                .containsOnly(
                        entry("cpu", Quantity.parse("1500m")),
                        entry("memory", Quantity.parse("2000000000")),
                        entry("nvidia.com/gpu", Quantity.parse("1")));
    }

    @Test
    void theComponentsImageGoesBeforeTheTargets() {
        var without = Orders.component(null, Map.of(), null);

        assertThat(worker(pod(Orders.with("{'image': 'other:1'}"))).getImage())
                .isEqualTo("science:2");
        assertThat(worker(pod(Orders.with("{'image': 'other:1'}", without))).getImage())
                .isEqualTo("other:1");
    }

    @Test
    void theRuntimeIsCopiedIntoTheImage() {
        Pod pod = pod(Orders.with("{'runtime_image': 'registry.example/runtime:7'}"));

        assertThat(pod.getSpec().getInitContainers())
                .singleElement()
                .satisfies(
                        copy -> {
                            assertThat(copy.getImage()).isEqualTo("registry.example/runtime:7");
                            assertThat(copy.getCommand())
                                    .containsExactly("scalable-runtime", "/scalable-runtime");
                        });
        assertThat(worker(pod).getVolumeMounts())
                .extracting(VolumeMount::getMountPath)
                .containsExactly("/opt/scalable");
        assertThat(worker(pod).getCommand())
                .startsWith("/opt/scalable/bin/java")
                .endsWith("io.scalable.worker.WorkerMain", "env");
    }

    @Test
    void aPreinstalledRuntimeNeedsNeitherCopyNorVolume() {
        Pod pod = pod(Orders.with("{'runtime': 'preinstalled', 'runtime_path': '/usr/lib/s'}"));

        assertThat(pod.getSpec().getInitContainers()).isEmpty();
        assertThat(pod.getSpec().getVolumes()).isEmpty();
        assertThat(worker(pod).getCommand()).startsWith("/usr/lib/s/bin/java");
    }

    @Test
    void mountsStandOnWhatTheTargetSays() {
        var component =
                Orders.component(
                        "i:1",
                        Map.of("/data", "/in", "/scratch", "/tmp/s", "/shared", "/shared"),
                        null);
        Pod pod =
                pod(
                        Orders.with(
                                "{'runtime': 'preinstalled', 'mounts':"
                                        + " {'/data': 'pvc:data', '/scratch': 'emptyDir'}}",
                                component));

        assertThat(pod.getSpec().getVolumes())
                .hasSize(3)
                .anySatisfy(
                        v ->
                                assertThat(v.getPersistentVolumeClaim())
                                        .isNotNull()
                                        .satisfies(
                                                c ->
                                                        assertThat(c.getClaimName())
                                                                .isEqualTo("data")))
                .anySatisfy(v -> assertThat(v.getEmptyDir()).isNotNull())
                .anySatisfy(
                        v ->
                                assertThat(v.getHostPath())
                                        .isNotNull()
                                        .satisfies(
                                                h -> assertThat(h.getPath()).isEqualTo("/shared")));
        assertThat(worker(pod).getVolumeMounts())
                .extracting(VolumeMount::getMountPath)
                .containsExactlyInAnyOrder("/in", "/tmp/s", "/shared");
    }

    @Test
    void twoPathsOnOneClaimAreOneVolume() {
        var component = Orders.component("i:1", Map.of("/a", "/a", "/b", "/b"), null);
        Pod pod =
                pod(
                        Orders.with(
                                "{'runtime': 'preinstalled',"
                                        + " 'mounts': {'/a': 'pvc:data', '/b': 'pvc:data'}}",
                                component));

        assertThat(pod.getSpec().getVolumes()).hasSize(1);
        assertThat(worker(pod).getVolumeMounts()).hasSize(2);
    }

    @Test
    void theBrokersSecretIsNowhereInThePod() {
        Pod pod = pod(Orders.with("{}"));

        assertThat(worker(pod).getEnv())
                .filteredOn(variable -> variable.getName().equals(RemoteConfig.KAFKA))
                .singleElement()
                .satisfies(
                        variable -> {
                            assertThat(variable.getValue()).isNull();
                            var key = variable.getValueFrom().getSecretKeyRef();
                            assertThat(key.getName()).isEqualTo("scalable-d");
                            assertThat(key.getKey()).isEqualTo("kafka");
                        });
    }

    @Test
    void theTargetsEnvironmentGivesWayToTheComponents() {
        Pod pod = pod(Orders.with("{'env': {'TZ': 'UTC', 'MODE': 'slow'}}"));

        assertThat(environment(pod)).containsEntry("TZ", "UTC").containsEntry("MODE", "fast");
    }

    @Test
    void dollarsOfTheUserAreLeftAsTheyAre() {
        var component = Orders.component("i:1", Map.of(), "echo $(date) $$");
        Pod pod = pod(Orders.with("{}", component));

        // Kubernetes makes one dollar of two.
        assertThat(environment(pod)).containsEntry("PRICE", "$$(HOME) costs $$5");
        assertThat(worker(pod).getCommand().get(2)).contains("\necho $$(date) $$$$\n");
    }

    @Test
    void whereItMayRunIsSaid() {
        Pod pod =
                pod(
                        Orders.with(
                                "{'node_selector': {'disk': 'ssd'}, 'tolerations': [{'key':"
                                        + " 'gpu'}], 'worker_service_account': 'w',"
                                        + " 'image_pull_secrets': ['pull'], 'spot': true}"));

        assertThat(pod.getSpec().getNodeSelector()).containsExactly(entry("disk", "ssd"));
        assertThat(pod.getSpec().getTolerations())
                .anySatisfy(
                        t -> {
                            assertThat(t.getKey()).isEqualTo("gpu");
                            assertThat(t.getOperator()).isEqualTo("Exists");
                        })
                .anySatisfy(
                        t -> {
                            assertThat(t.getKey()).isEqualTo("cloud.google.com/gke-spot");
                            assertThat(t.getValue()).isEqualTo("true");
                        });
        assertThat(pod.getSpec().getServiceAccountName()).isEqualTo("w");
        assertThat(pod.getSpec().getAutomountServiceAccountToken()).isNull();
        assertThat(pod.getSpec().getImagePullSecrets())
                .extracting(secret -> secret.getName())
                .containsExactly("pull");
        assertThat(
                        pod.getSpec()
                                .getAffinity()
                                .getNodeAffinity()
                                .getPreferredDuringSchedulingIgnoredDuringExecution())
                .hasSize(4);
    }
}
