package io.scalable.provider.cloud.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.cloud.WorkerRuntime;
import io.scalable.provider.cloud.WorkerStart;
import io.scalable.worker.RemoteConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The pod of a worker. Pure.
 *
 * @param target the target's options
 * @param order what is asked for
 * @param secretUid the uid of the deployment's Secret, which owns the pod: who deletes it deletes
 *     all pods of the deployment
 */
record PodTemplate(KubernetesTarget target, LaunchOrder order, String secretUid) {

    /** The container that is the worker. */
    static final String WORKER = "worker";

    /** The container that brings the worker's Java. */
    static final String RUNTIME = "runtime";

    /** Seconds from being asked to end to being killed. */
    static final int GRACE = 30;

    /** The key in the deployment's Secret. */
    static final String KAFKA_KEY = "kafka";

    private static final String COPY_TO = "/scalable-runtime";

    /** The node of a worker must not be taken for idle: its work is not on Kubernetes' books. */
    private static final Map<String, String> STAY =
            Map.of(
                    "cluster-autoscaler.kubernetes.io/safe-to-evict", "false",
                    "karpenter.sh/do-not-disrupt", "true");

    Pod pod() {
        ComponentSpec component = order.component();
        WorkerRuntime runtime = WorkerRuntime.of(order.deployment().target());
        var volumes = new ArrayList<Volume>();
        var mounts = new ArrayList<VolumeMount>();
        mountAll(component, volumes, mounts);
        var containers = new ArrayList<Container>();
        if (runtime.image() != null) {
            volumes.add(emptyDir());
            containers.add(copying(runtime.image()));
            mounts.add(mount(RUNTIME, runtime.home(), true));
        }
        var tolerations = new ArrayList<Toleration>(target.tolerations());
        if (target.spot()) {
            tolerations.addAll(SpotNodes.tolerations());
        }
        Ownership owner = ownership();
        var notes = new LinkedHashMap<>(owner.annotations());
        notes.putAll(STAY);
        return new PodBuilder()
                .withNewMetadata()
                .withName(Ownership.podName(order.workerId()))
                .withNamespace(target.namespace())
                .withLabels(owner.labels())
                .withAnnotations(notes)
                .withOwnerReferences(secret())
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withTerminationGracePeriodSeconds((long) GRACE)
                .withEnableServiceLinks(false)
                .withServiceAccountName(target.serviceAccount())
                .withAutomountServiceAccountToken(target.serviceAccount() == null ? false : null)
                .withNodeSelector(target.nodeSelector())
                .withTolerations(tolerations)
                .withAffinity(target.spot() ? SpotNodes.affinity() : null)
                .withImagePullSecrets(
                        target.imagePullSecrets().stream().map(LocalObjectReference::new).toList())
                .withInitContainers(containers)
                .withContainers(worker(mounts))
                .withVolumes(volumes)
                .endSpec()
                .build();
    }

    private Ownership ownership() {
        return new Ownership(
                order.deployment().deploymentId(),
                order.workerId(),
                order.component().name(),
                order.ordinal());
    }

    private OwnerReference secret() {
        return new OwnerReferenceBuilder()
                .withApiVersion("v1")
                .withKind("Secret")
                .withName(Ownership.secretName(order.deployment().deploymentId()))
                .withUid(secretUid)
                .build();
    }

    private Container worker(List<VolumeMount> mounts) {
        WorkerStart start = WorkerStart.of(order, Duration.ofSeconds(GRACE));
        var environment = new LinkedHashMap<>(target.env());
        environment.putAll(start.environment());
        var variables = new ArrayList<EnvVar>();
        environment.forEach((key, value) -> variables.add(new EnvVar(key, literal(value), null)));
        variables.add(kafka());
        return new ContainerBuilder()
                .withName(WORKER)
                .withImage(image())
                .withCommand(start.command().stream().map(PodTemplate::literal).toList())
                .withEnv(variables)
                .withResources(resources())
                .withVolumeMounts(mounts)
                .build();
    }

    /** Validated before: a component without an image has the target's. */
    private String image() {
        String own = order.component().image();
        return own == null ? Objects.requireNonNull(target.image(), "no image") : own;
    }

    /** Its share is within the worker's: it ends before the worker starts. */
    private Container copying(String image) {
        return new ContainerBuilder()
                .withName(RUNTIME)
                .withImage(image)
                .withCommand("scalable-runtime", COPY_TO)
                .withResources(sizes(Map.of()))
                .withVolumeMounts(mount(RUNTIME, COPY_TO, false))
                .build();
    }

    private EnvVar kafka() {
        return new EnvVarBuilder()
                .withName(RemoteConfig.KAFKA)
                .withNewValueFrom()
                .withNewSecretKeyRef()
                .withName(Ownership.secretName(order.deployment().deploymentId()))
                .withKey(KAFKA_KEY)
                .endSecretKeyRef()
                .endValueFrom()
                .build();
    }

    private ResourceRequirements resources() {
        return sizes(target.limits());
    }

    private ResourceRequirements sizes(Map<String, Quantity> further) {
        ComponentSpec component = order.component();
        var sizes = new LinkedHashMap<String, Quantity>();
        long millis = Math.max(1, (long) Math.ceil(component.cpus() * 1000));
        sizes.put("cpu", Quantity.parse(millis + "m"));
        sizes.put("memory", Quantity.parse(Long.toString(component.memoryBytes())));
        sizes.putAll(further);
        return new ResourceRequirementsBuilder().withRequests(sizes).withLimits(sizes).build();
    }

    private void mountAll(ComponentSpec component, List<Volume> volumes, List<VolumeMount> mounts) {
        var names = new LinkedHashMap<MountSource, String>();
        component
                .mounts()
                .forEach(
                        (host, inside) -> {
                            MountSource source =
                                    target.mounts()
                                            .getOrDefault(host, new MountSource.HostPath(host));
                            String name =
                                    names.computeIfAbsent(
                                            source, _ -> "mount-" + (names.size() + 1));
                            mounts.add(mount(name, inside, false));
                        });
        names.forEach((source, name) -> volumes.add(source.volume(name)));
    }

    private static Volume emptyDir() {
        return new VolumeBuilder().withName(RUNTIME).withNewEmptyDir().endEmptyDir().build();
    }

    private static VolumeMount mount(String volume, String path, boolean readOnly) {
        return new VolumeMountBuilder()
                .withName(volume)
                .withMountPath(path)
                .withReadOnly(readOnly ? true : null)
                .build();
    }

    /**
     * Kubernetes replaces {@code $(NAME)} in words and values; doubled dollars stay as they are.
     */
    private static String literal(String text) {
        return text.replace("$", "$$");
    }
}
