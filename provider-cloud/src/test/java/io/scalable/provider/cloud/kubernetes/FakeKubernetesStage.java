package io.scalable.provider.cloud.kubernetes;

import com.fasterxml.jackson.databind.node.TextNode;
import io.scalable.provider.DeploymentProvider;
import io.scalable.provider.Deployments;
import io.scalable.provider.ProviderStage;
import io.scalable.provider.cloud.CloudSettings;
import io.scalable.provider.platform.ReportedWorkers;
import io.scalable.testkit.ADeployment;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The Kubernetes provider on {@link FakeApiServer} and {@link FakeKubelet}. */
final class FakeKubernetesStage implements ProviderStage {

    final ReportedWorkers reported = new ReportedWorkers();
    final FakeApiServer server = new FakeApiServer();
    final FakeKubelet kubelet = new FakeKubelet(server, reported);
    final KubernetesProvider provider;

    FakeKubernetesStage(InstantSource clock, KubernetesPacing pacing) {
        var settings =
                new CloudSettings(
                        Map.of("bootstrap.servers", "broker:9092", "secret", "s3cret"),
                        reported,
                        clock,
                        () -> {});
        provider =
                new KubernetesProvider(
                        "kubernetes", settings, _ -> server.client(), _ -> List.of(), pacing);
    }

    @Override
    public DeploymentProvider provider() {
        return provider;
    }

    @Override
    public ADeployment deployment(String id) {
        return Deployments.aDeployment(id)
                .provider("kubernetes")
                .option("image", new TextNode("science:1"));
    }

    @Override
    public Set<String> alive(String deploymentId) {
        return server.pods().stream()
                .filter(Containers::runs)
                .flatMap(pod -> Ownership.of(pod).stream())
                .filter(owner -> owner.deploymentId().equals(deploymentId))
                .map(Ownership::workerId)
                .collect(Collectors.toSet());
    }

    @Override
    public void leave(String workerId) {
        server.change(Ownership.podName(workerId), pod -> FakeKubelet.ended(pod, 0, "Completed"));
    }

    @Override
    public void crash(String workerId) {
        server.change(Ownership.podName(workerId), pod -> FakeKubelet.ended(pod, 137, "Error"));
    }

    @Override
    public void close() {
        kubelet.close();
        server.close();
    }
}
