package io.scalable.provider.cloud.kubernetes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.NodeStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A node of a real control plane that the test plays: it is ready, its pods run at once and end
 * when they are told to, until it falls silent.
 */
final class PlayedNode implements AutoCloseable {

    static final String LABEL = "scalable.io/played-by";

    final String name;
    private final KubernetesClient client;
    private final ScheduledExecutorService heart =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("played-node").factory());

    /**
     * @param player what the node's label says, for pods to choose it by
     */
    PlayedNode(KubernetesClient client, String player, String cpus) {
        this.client = client;
        this.name = "played-" + player;
        Map<String, Quantity> size =
                Map.of(
                        "cpu", Quantity.parse(cpus),
                        "memory", Quantity.parse("512Gi"),
                        "pods", Quantity.parse("110"));
        var node =
                new NodeBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(Map.of(LABEL, player))
                        .endMetadata()
                        .withNewStatus()
                        .withCapacity(size)
                        .withAllocatable(size)
                        .endStatus()
                        .build();
        Node unused = client.nodes().resource(node).create();
        var beating = heart.scheduleWithFixedDelay(this::beat, 0, 300, TimeUnit.MILLISECONDS);
    }

    /** The node says nothing any more; its pods stay as they are. */
    void fallSilent() {
        heart.shutdownNow();
    }

    @Override
    public void close() {
        heart.shutdownNow();
        pods().forEach(this::takeAway);
        var unused = client.nodes().withName(name).delete();
    }

    private void beat() {
        try {
            ready();
            pods().forEach(this::play);
        } catch (KubernetesClientException e) {
            // The next beat sees it as it is then.
            System.getLogger(PlayedNode.class.getName()).log(System.Logger.Level.DEBUG, "", e);
        }
    }

    private void ready() {
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        Node node = client.nodes().withName(name).get();
        if (node == null) {
            return;
        }
        var status =
                new NodeStatusBuilder(node.getStatus())
                        .withConditions(
                                new NodeConditionBuilder()
                                        .withType("Ready")
                                        .withStatus("True")
                                        .withReason("Played")
                                        .withLastHeartbeatTime(now)
                                        .withLastTransitionTime(now)
                                        .build())
                        .build();
        node.setStatus(status);
        @Nullable Node unused = client.nodes().resource(node).updateStatus();
    }

    private List<Pod> pods() {
        return client.pods().inAnyNamespace().withField("spec.nodeName", name).list().getItems();
    }

    private void takeAway(Pod pod) {
        var unused = client.resource(pod).withGracePeriod(0).delete();
    }

    private void play(Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            takeAway(pod);
        } else if (!Containers.runs(pod) && PodEnd.of(pod) == null) {
            FakeKubelet.running(pod);
            pod.getStatus().getContainerStatuses().getFirst().setImage("played");
            pod.getStatus().getContainerStatuses().getFirst().setImageID("played");
            pod.getStatus().getContainerStatuses().getFirst().setReady(true);
            pod.getStatus().getContainerStatuses().getFirst().setRestartCount(0);
            Pod unused = client.resource(pod).updateStatus();
        }
    }
}
