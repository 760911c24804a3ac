package io.scalable.provider.cloud.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.scalable.contracts.worker.WorkerReport.WorkerLeft;
import io.scalable.contracts.worker.WorkerReport.WorkerReady;
import io.scalable.provider.DeploymentProvider;
import io.scalable.provider.Deployments;
import io.scalable.provider.ProviderStage;
import io.scalable.provider.cloud.CloudSettings;
import io.scalable.provider.platform.ReportedWorkers;
import io.scalable.testkit.ADeployment;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * The provider on {@link FakeCloudRun}, with workers that behave as their component's name says.
 */
final class CloudRunStage implements ProviderStage, FakeCloudRun.Containers {

    static final CloudRunPacing QUICK =
            new CloudRunPacing(
                    Duration.ofMillis(40),
                    Duration.ofMillis(40),
                    Duration.ofMillis(80),
                    Duration.ofSeconds(30),
                    Duration.ZERO,
                    Duration.ofMillis(50),
                    Duration.ofMinutes(1),
                    8);

    final FakeCloudRun cloud;
    final ReportedWorkers reported = new ReportedWorkers();
    private final Set<String> left = ConcurrentHashMap.newKeySet();
    private final Set<String> failed = new HashSet<>();
    private final GcpProvider provider;
    private long lives;

    /** Questions are put on a thread. */
    CloudRunStage(DiscoveryDocument document, InstantSource clock, CloudRunPacing pacing) {
        this(document, clock, pacing, (name, closed) -> Answers.onThread(name, () -> {}, closed));
    }

    CloudRunStage(
            DiscoveryDocument document,
            InstantSource clock,
            CloudRunPacing pacing,
            BiFunction<String, Runnable, Answers> asking) {
        this.cloud = new FakeCloudRun(document, clock, this);
        this.provider = provider(cloud, clock, pacing, Map.of(), reported, asking);
    }

    /** Questions are put at once, so that nothing happens between two steps of a clock. */
    static CloudRunStage stepwise(DiscoveryDocument document, InstantSource clock) {
        return new CloudRunStage(
                document,
                clock,
                CloudRunPacing.defaults(),
                (_, closed) -> new Answers(Runnable::run, () -> {}, closed));
    }

    static GcpProvider provider(
            FakeCloudRun cloud,
            InstantSource clock,
            CloudRunPacing pacing,
            Map<String, String> kafka,
            ReportedWorkers reported,
            BiFunction<String, Runnable, Answers> asking) {
        var settings = new CloudSettings(kafka, reported, clock, () -> {});
        String address = cloud.api.address();
        var google =
                new GoogleCloud(
                        name -> "GOOGLE_CLOUD_RUN_ENDPOINT".equals(name) ? address : null,
                        GoogleLogin.NONE);
        return new GcpProvider(settings, new NoGke(), google, pacing, asking);
    }

    @Override
    public DeploymentProvider provider() {
        return provider;
    }

    @Override
    public ADeployment deployment(String id) {
        return onCloudRun(Deployments.aDeployment(id));
    }

    static ADeployment onCloudRun(ADeployment deployment) {
        return deployment
                .provider("gcp")
                .option("cluster_type", TextNode.valueOf("cloudrun"))
                .option("project", TextNode.valueOf("my-project"))
                .option("region", TextNode.valueOf("us-central1"))
                .option("runtime", TextNode.valueOf("preinstalled"))
                .option("image", TextNode.valueOf("registry.example/worker:1"));
    }

    @Override
    public Set<String> alive(String deploymentId) {
        return cloud.alive().stream()
                .filter(id -> id.startsWith(deploymentId + "-") && !left.contains(id))
                .collect(Collectors.toSet());
    }

    /** The worker says so, and its process waits for the end of its pool. */
    @Override
    public void leave(String workerId) {
        left.add(workerId);
        boolean unused = reported.heard(new WorkerLeft("d", workerId, "drained", Instant.now()));
    }

    /** The process dies without a word, and Cloud Run starts the container again. */
    @Override
    public void crash(String workerId) {
        cloud.exit(workerId, Duration.ofMillis(50));
    }

    @Override
    public void close() {
        cloud.close();
        if (!cloud.api.violations().isEmpty()) {
            throw new AssertionError(cloud.api.violations());
        }
    }

    @Override
    public void started(String workerId, JsonNode container) {
        switch (component(workerId)) {
            case SLOW -> {}
            case BROKEN -> failed.add(workerId);
            default -> {
                boolean unused =
                        reported.heard(
                                new WorkerReady(
                                        "d",
                                        workerId,
                                        "c",
                                        1,
                                        0,
                                        "host",
                                        1,
                                        null,
                                        Instant.ofEpochSecond(++lives)));
            }
        }
        if (failed.contains(workerId)) {
            // It ends before it is ready, and deletes its own pool.
            cloud.remove(workerId);
        }
    }

    @Override
    public boolean stopped(String workerId) {
        return !component(workerId).equals(STUBBORN);
    }

    private static String component(String workerId) {
        String[] words = workerId.split("-");
        return words[words.length - 2];
    }
}
