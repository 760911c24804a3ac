package io.scalable.provider.cloud.kubernetes;

import static io.scalable.contracts.task.FailureClass.NODE_FAILURE;
import static io.scalable.contracts.task.FailureClass.OUT_OF_MEMORY;
import static io.scalable.contracts.task.FailureClass.PREEMPTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.scalable.contracts.task.FailureClass;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodEndTest {

    @Test
    void aPodThatRunsOrIsBeingDeletedHasNotEnded() {
        assertThat(PodEnd.of(PodStories.pod(_ -> {}))).isNull();
        assertThat(PodEnd.of(PodStories.running())).isNull();
        Pod terminating = PodStories.running();
        PodStories.terminating(30).accept(terminating);
        assertThat(PodEnd.of(terminating)).isNull();
    }

    @Test
    void aWorkerThatLeavesEndsWithZero() {
        PodEnd end = PodEnd.of(PodStories.ended(0, "Completed"));

        assertThat(end.code()).isZero();
        assertThat(end.cause()).isNull();
    }

    @Test
    void aWorkerThatFailsSaysWhereAndHow() {
        PodEnd end = PodEnd.of(PodStories.ended(3, "Error"));

        assertThat(end)
                .isEqualTo(
                        new PodEnd(
                                3,
                                "pod scalable-d-model-3 on node-1: the worker ended with status 3",
                                null));
    }

    @Test
    void oneThatUsedTooMuchMemorySaysHowMuchItHad() {
        PodEnd end = PodEnd.of(PodStories.ended(137, "OOMKilled"));

        assertThat(end.cause()).isEqualTo(OUT_OF_MEMORY);
        assertThat(end.message()).contains("2000000000");
    }

    @ParameterizedTest
    @CsvSource({
        "PreemptionByScheduler, PREEMPTED",
        "EvictionByEvictionAPI, PREEMPTED",
        "TerminationByKubelet, PREEMPTED",
        "DeletionByTaintManager, NODE_FAILURE",
        "DeletionByPodGC, NODE_FAILURE"
    })
    void whoTookItAwayIsSaid(String reason, FailureClass cause) {
        Pod ended = PodStories.ended(0, "Completed");
        PodStories.disrupted(reason).accept(ended);
        Pod gone = PodStories.running();
        PodStories.disrupted(reason).accept(gone);

        assertThat(PodEnd.of(ended).cause()).isEqualTo(cause);
        assertThat(PodEnd.of(ended).code()).isNotZero();
        assertThat(PodEnd.gone(gone, false, false).cause()).isEqualTo(cause);
        assertThat(PodEnd.gone(gone, false, false).message()).contains(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "Evicted, PREEMPTED",
        "Preempting, PREEMPTED",
        "Terminated, PREEMPTED",
        "NodeShutdown, PREEMPTED",
        "NodeLost, NODE_FAILURE",
        "OutOfcpu,",
        "UnexpectedAdmissionError,"
    })
    void aPodThatItsNodeFailedSaysWhy(String reason, FailureClass cause) {
        Pod pod =
                PodStories.pod(
                        p -> {
                            var status = new PodStatus();
                            status.setPhase("Failed");
                            status.setReason(reason);
                            status.setMessage("The node was low on resource: memory.");
                            p.setStatus(status);
                        });

        PodEnd end = PodEnd.of(pod);
        assertThat(end.cause()).isEqualTo(cause);
        assertThat(end.code()).isNotZero();
        assertThat(end.message()).contains(reason).contains("low on resource");
    }

    @Test
    void aWorkerThatEndedBeforeItsNodeWasDrainedEndedByItself() {
        Pod pod = PodStories.ended(0, "Completed");
        PodStories.disrupted("EvictionByEvictionAPI").accept(pod);
        pod.getStatus()
                .getConditions()
                .getFirst()
                .setLastTransitionTime(Instant.now().plusSeconds(60).toString());

        assertThat(PodEnd.of(pod).code()).isZero();
    }

    @Test
    void aNodeThatLostSightOfItFailed() {
        assertThat(PodEnd.of(PodStories.ended(137, "ContainerStatusUnknown")).cause())
                .isEqualTo(NODE_FAILURE);
    }

    @Test
    void anImageThatCannotStartTheWorkerIsExplained() {
        assertThat(PodEnd.of(PodStories.ended(128, "StartError")).message())
                .contains("runtime: preinstalled");
    }

    @Test
    void aRuntimeThatCannotBeCopiedIsExplained() {
        Pod pod =
                PodStories.pod(
                        p -> {
                            p.setStatus(new PodStatus());
                            p.getStatus().setPhase("Failed");
                            p.getStatus()
                                    .setInitContainerStatuses(
                                            List.of(
                                                    new ContainerStatusBuilder()
                                                            .withName(PodTemplate.RUNTIME)
                                                            .withState(
                                                                    new ContainerStateBuilder()
                                                                            .withNewTerminated()
                                                                            .withExitCode(127)
                                                                            .endTerminated()
                                                                            .build())
                                                            .build()));
                        });

        assertThat(PodEnd.of(pod).message()).contains("runtime_image").contains("127");
    }

    @Test
    void onePodThatVanishesWasAskedToLeftOrWasTaken() {
        Pod last = PodStories.running();

        assertThat(PodEnd.gone(last, true, false).cause()).isNull();
        assertThat(PodEnd.gone(last, false, true).code()).isZero();
        assertThat(PodEnd.gone(last, false, false).cause()).isEqualTo(PREEMPTED);
    }
}
