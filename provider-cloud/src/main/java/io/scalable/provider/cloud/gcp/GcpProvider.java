package io.scalable.provider.cloud.gcp;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.TargetSpec;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.provider.ClusterHandle;
import io.scalable.provider.CostEstimate;
import io.scalable.provider.DeploymentProvider;
import io.scalable.provider.ValidationReport;
import io.scalable.provider.ValidationReport.Finding;
import io.scalable.provider.ValidationReport.Severity;
import io.scalable.provider.cloud.CloudSettings;
import io.scalable.provider.cost.CostEstimates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Runs workers on Google Cloud: {@code cluster_type: cloudrun} as worker pools of Cloud Run, {@code
 * gke} as another provider runs them on the cluster that {@link GkeClients} finds.
 */
public final class GcpProvider implements DeploymentProvider {

    private final CloudSettings settings;
    private final DeploymentProvider gke;
    private final GoogleCloud google;
    private final CloudRunPacing pacing;
    private final BiFunction<String, Runnable, Answers> asking;
    private final Map<String, CloudRunBackend> backends = new HashMap<>();

    /**
     * @param gke what runs workers on a GKE cluster: the Kubernetes provider with clients from
     *     {@link GkeClients}
     */
    public GcpProvider(CloudSettings settings, DeploymentProvider gke) {
        this(
                settings,
                gke,
                GoogleCloud.ofThisProcess(),
                CloudRunPacing.defaults(),
                (name, closed) -> Answers.onThread(name, settings.changed(), closed));
    }

    /**
     * @param asking who puts a backend's questions, by its name and what to do when it is closed
     */
    GcpProvider(
            CloudSettings settings,
            DeploymentProvider gke,
            GoogleCloud google,
            CloudRunPacing pacing,
            BiFunction<String, Runnable, Answers> asking) {
        this.settings = settings;
        this.gke = gke;
        this.google = google;
        this.pacing = pacing;
        this.asking = asking;
    }

    @Override
    public String name() {
        return "gcp";
    }

    @Override
    public ValidationReport validate(DeploymentSpec deployment) {
        TargetSpec target = deployment.target();
        if (!isCloudRun(target)) {
            var findings = new ArrayList<>(new GkeClients(google).findings(target));
            if (findings.isEmpty()) {
                findings.addAll(gke.validate(deployment).findings());
            }
            return new ValidationReport(findings);
        }
        CloudRunTarget run = target(deployment);
        var report = new ValidationReport(run.findings());
        if (!report.ok()) {
            return report;
        }
        var findings = new ArrayList<>(report.findings());
        findings.addAll(reachable(run, target.name()));
        return new ValidationReport(findings);
    }

    @Override
    public ClusterHandle buildCluster(DeploymentSpec deployment) {
        if (!isCloudRun(deployment.target())) {
            return gke.buildCluster(deployment);
        }
        String id = deployment.deploymentId();
        return new ClusterHandle(
                deployment, backends.computeIfAbsent(id, _ -> backend(deployment)));
    }

    @Override
    public Optional<CostEstimate> estimateCost(DeploymentSpec deployment, ScalePlan plan) {
        return CostEstimates.of(deployment, plan);
    }

    private static boolean isCloudRun(TargetSpec target) {
        String type = target.text("cluster_type", "gke");
        return type.equals("cloudrun") || type.equals("cloud_run");
    }

    private CloudRunBackend backend(DeploymentSpec deployment) {
        String id = deployment.deploymentId();
        CloudRunTarget run = target(deployment);
        return new CloudRunBackend(
                id,
                google.run(run.project(), run.region()),
                new PoolBody(settings, run, google.overriddenRun()),
                pacing,
                settings,
                asking.apply("cloudrun-" + id, () -> backends.remove(id)));
    }

    private CloudRunTarget target(DeploymentSpec deployment) {
        String otherProject =
                GcpPlace.project(deployment.target(), "").isEmpty() ? google.project() : "";
        return CloudRunTarget.of(deployment, otherProject, settings.kafka());
    }

    /** What is sure to be refused is said before anything starts; no answer is no finding. */
    private List<Finding> reachable(CloudRunTarget run, String name) {
        String path = "targets." + name + ".provider";
        try (CloudRun cloud = google.run(run.project(), run.region())) {
            List<SeenPool> unused = cloud.list();
            return List.of();
        } catch (IllegalArgumentException e) {
            return List.of(new Finding(Severity.ERROR, path, String.valueOf(e.getMessage())));
        } catch (GoogleException e) {
            return e.surely()
                    ? List.of(
                            new Finding(
                                    Severity.ERROR, path, e.text() + CloudRunBackend.refusal(e)))
                    : List.of();
        }
    }
}
