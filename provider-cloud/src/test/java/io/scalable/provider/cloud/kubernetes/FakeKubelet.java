package io.scalable.provider.cloud.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.scalable.contracts.worker.WorkerReport.WorkerReady;
import io.scalable.provider.ProviderStage;
import io.scalable.provider.platform.ReportedWorkers;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A node that only pretends: pods of {@link FakeApiServer} start at once and behave as their
 * component's name says, see {@link ProviderStage}.
 */
final class FakeKubelet implements AutoCloseable {

    static final String NODE = "node-1";

    private final FakeApiServer server;
    private final ReportedWorkers reported;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("fake-kubelet").factory());
    private volatile boolean holding;
    private volatile boolean dead;

    FakeKubelet(FakeApiServer server, ReportedWorkers reported) {
        this.server = server;
        this.reported = reported;
        server.onCreated(pod -> thread.execute(() -> start(pod)));
        server.onDeleting(pod -> thread.execute(() -> stop(pod)));
    }

    /** From now on pods stay as they were created. */
    void hold() {
        holding = true;
    }

    /** From now on pods that are deleted stay as they are. */
    void die() {
        dead = true;
    }

    /** Gives a pod's worker a state. */
    static void state(Pod pod, String phase, ContainerStateBuilder state) {
        if (pod.getStatus() == null) {
            pod.setStatus(new PodStatus());
        }
        ContainerStatus container =
                new ContainerStatusBuilder()
                        .withName(PodTemplate.WORKER)
                        .withState(state.build())
                        .build();
        pod.getStatus().setPhase(phase);
        pod.getStatus().setContainerStatuses(List.of(container));
    }

    static void ended(Pod pod, int code, String reason) {
        state(
                pod,
                code == 0 ? "Succeeded" : "Failed",
                new ContainerStateBuilder()
                        .withNewTerminated()
                        .withExitCode(code)
                        .withReason(reason)
                        .withFinishedAt(Instant.now().toString())
                        .endTerminated());
    }

    static void waiting(Pod pod, String reason, String message) {
        state(
                pod,
                "Pending",
                new ContainerStateBuilder()
                        .withNewWaiting()
                        .withReason(reason)
                        .withMessage(message)
                        .endWaiting());
    }

    static void running(Pod pod) {
        pod.getSpec().setNodeName(NODE);
        state(
                pod,
                "Running",
                new ContainerStateBuilder()
                        .withNewRunning()
                        .withStartedAt(Instant.now().toString())
                        .endRunning());
    }

    /** The worker says that it takes leases. */
    void ready(Ownership owner) {
        boolean unused =
                reported.heard(
                        new WorkerReady(
                                owner.deploymentId(),
                                owner.workerId(),
                                owner.component(),
                                1,
                                0,
                                NODE,
                                1,
                                null,
                                Instant.now()));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void start(Pod pod) {
        if (holding) {
            return;
        }
        String name = pod.getMetadata().getName();
        Ownership owner = Ownership.of(pod).orElseThrow();
        server.change(name, FakeKubelet::running);
        switch (owner.component()) {
            case ProviderStage.SLOW -> {}
            case ProviderStage.BROKEN -> server.change(name, p -> ended(p, 1, "Error"));
            default -> ready(owner);
        }
    }

    private void stop(Pod pod) {
        boolean obeys = !Ownership.of(pod).orElseThrow().component().equals(ProviderStage.STUBBORN);
        String name = pod.getMetadata().getName();
        Long grace = pod.getMetadata().getDeletionGracePeriodSeconds();
        if (!dead && (obeys || (grace != null && grace <= 1))) {
            server.change(name, p -> ended(p, obeys ? 0 : 137, obeys ? "Completed" : "Error"));
            server.remove(name);
        }
    }
}
