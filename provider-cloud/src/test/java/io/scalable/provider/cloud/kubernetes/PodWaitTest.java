package io.scalable.provider.cloud.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodWaitTest {

    @Test
    void theSchedulersWordsArePassedOn() {
        Pod pod =
                PodStories.pod(
                        PodStories.condition(
                                "PodScheduled",
                                "False",
                                "Unschedulable",
                                "0/3 nodes are available: 3 Insufficient cpu."));

        assertThat(PodWait.of(pod))
                .isEqualTo(
                        new PodWait(
                                "pod scalable-d-model-3: no node has room for it: 0/3 nodes are"
                                        + " available: 3 Insufficient cpu.",
                                false));
    }

    @ParameterizedTest
    @CsvSource({
        "ErrImagePull, image_pull_secrets",
        "ImagePullBackOff, image_pull_secrets",
        "InvalidImageName, check image",
        "CreateContainerConfigError, check mounts"
    })
    void aContainerThatCannotStartSaysWhatToDo(String reason, String todo) {
        Pod pod = PodStories.pod(p -> FakeKubelet.waiting(p, reason, "the kubelet's words"));

        PodWait wait = PodWait.of(pod);
        assertThat(wait.reason()).contains(reason).contains(todo).contains("the kubelet's words");
        assertThat(wait.hopeless()).isTrue();
    }

    @Test
    void anOrdinaryStartIsNoTrouble() {
        Pod creating = PodStories.pod(p -> FakeKubelet.waiting(p, "ContainerCreating", null));

        assertThat(PodWait.of(creating).hopeless()).isFalse();
        assertThat(PodWait.of(PodStories.pod(_ -> {})).reason()).contains("to be scheduled");
    }
}
