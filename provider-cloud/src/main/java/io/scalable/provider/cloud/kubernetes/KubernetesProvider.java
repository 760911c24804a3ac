package io.scalable.provider.cloud.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.TargetSpec;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.provider.ClusterHandle;
import io.scalable.provider.CostEstimate;
import io.scalable.provider.DeploymentProvider;
import io.scalable.provider.ValidationReport;
import io.scalable.provider.ValidationReport.Finding;
import io.scalable.provider.ValidationReport.Severity;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.cloud.CloudSettings;
import io.scalable.provider.cloud.WorkerStart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Runs workers as pods. */
public final class KubernetesProvider implements DeploymentProvider {

    /** Where pods go unless the target says otherwise. */
    private static final String NAMESPACE = "default";

    private final String name;
    private final CloudSettings settings;
    private final Function<TargetSpec, KubernetesClient> clients;
    private final Function<TargetSpec, List<Finding>> check;
    private final KubernetesPacing pacing;
    private final ApiCalls calls = new ApiCalls();
    private final Map<String, KubernetesBackend> backends = new HashMap<>();

    /**
     * On the cluster that {@code kubectl} would talk to: KUBECONFIG, {@code ~/.kube/config}, or the
     * cluster that this process runs in. A target's {@code context} chooses another of the
     * kubeconfig.
     */
    public KubernetesProvider(CloudSettings settings) {
        this(
                "kubernetes",
                settings,
                KubernetesClients::of,
                KubernetesClients::check,
                KubernetesPacing.defaults());
    }

    /**
     * On the clusters that {@code clients} leads to.
     *
     * @param name the provider's
     * @param clients makes a client for a target, called once per deployment, by any thread; may
     *     block, and may fail, which is tried again. The client is closed with the deployment. See
     *     {@link KubernetesClients#tuned}
     */
    public KubernetesProvider(
            String name, CloudSettings settings, Function<TargetSpec, KubernetesClient> clients) {
        this(name, settings, clients, _ -> List.of(), KubernetesPacing.defaults());
    }

    KubernetesProvider(
            String name,
            CloudSettings settings,
            Function<TargetSpec, KubernetesClient> clients,
            Function<TargetSpec, List<Finding>> check,
            KubernetesPacing pacing) {
        this.name = name;
        this.settings = settings;
        this.clients = clients;
        this.check = check;
        this.pacing = pacing;
    }

    @Override
    public String name() {
        return name;
    }

    /** Asks nothing of the cluster. */
    @Override
    public ValidationReport validate(DeploymentSpec deployment) {
        TargetSpec spec = deployment.target();
        var target = KubernetesTarget.of(spec, NAMESPACE);
        var findings = new ArrayList<>(target.findings());
        findings.addAll(check.apply(spec));
        for (ComponentSpec component : deployment.components()) {
            if (component.image() == null && target.image() == null) {
                findings.add(
                        new Finding(
                                Severity.ERROR,
                                "components." + component.name() + ".image",
                                "is missing: a pod needs an image; name one here, or for all in"
                                        + " targets."
                                        + spec.name()
                                        + ".image"));
            } else {
                findings.addAll(unstartable(deployment, component));
            }
        }
        for (String path : target.mounts().keySet()) {
            if (deployment.components().stream().noneMatch(c -> c.mounts().containsKey(path))) {
                findings.add(
                        new Finding(
                                Severity.WARNING,
                                "targets." + spec.name() + ".mounts",
                                path + " is mounted by no component"));
            }
        }
        return new ValidationReport(findings);
    }

    private static List<Finding> unstartable(DeploymentSpec deployment, ComponentSpec component) {
        try {
            Pod unused = pod(LaunchOrder.of(deployment, component, "worker", 1));
            return List.of();
        } catch (IllegalArgumentException e) {
            return List.of(
                    new Finding(
                            Severity.ERROR,
                            "components." + component.name(),
                            "cannot be started as it is: " + e.getMessage()));
        }
    }

    @Override
    public ClusterHandle buildCluster(DeploymentSpec deployment) {
        String id = deployment.deploymentId();
        return new ClusterHandle(
                deployment, backends.computeIfAbsent(id, _ -> backend(deployment)));
    }

    /** The pod of a worker, exactly as it would be created. */
    public static Pod pod(LaunchOrder order) {
        return template(order, "");
    }

    /** How often the API server was asked for what, such as {@code create pods}; watches too. */
    public Map<String, Long> calls() {
        return calls.all();
    }

    /** Left to the prices that a target names. */
    @Override
    public Optional<CostEstimate> estimateCost(DeploymentSpec deployment, ScalePlan plan) {
        return Optional.empty();
    }

    private KubernetesBackend backend(DeploymentSpec deployment) {
        String id = deployment.deploymentId();
        TargetSpec spec = deployment.target();
        String namespace = KubernetesTarget.of(spec, NAMESPACE).namespace();
        ExecutorService executor =
                Executors.newFixedThreadPool(
                        pacing.parallel(),
                        Thread.ofPlatform().daemon().name("kubernetes-" + id + "-", 1).factory());
        return new KubernetesBackend(
                id,
                () -> new ClientPodApi(clients.apply(spec), namespace, calls),
                KubernetesProvider::template,
                secret(id, namespace),
                settings,
                pacing,
                executor,
                () -> backends.remove(id));
    }

    private static Pod template(LaunchOrder order, String secretUid) {
        var target = KubernetesTarget.of(order.deployment().target(), NAMESPACE);
        return new PodTemplate(target, order, secretUid).pod();
    }

    private Secret secret(String deploymentId, String namespace) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(Ownership.secretName(deploymentId))
                .withNamespace(namespace)
                .withLabels(Ownership.selector(deploymentId))
                .withAnnotations(Map.of(Ownership.DEPLOYMENT, deploymentId))
                .endMetadata()
                .withType("Opaque")
                .withStringData(Map.of(PodTemplate.KAFKA_KEY, WorkerStart.kafka(settings)))
                .build();
    }
}
