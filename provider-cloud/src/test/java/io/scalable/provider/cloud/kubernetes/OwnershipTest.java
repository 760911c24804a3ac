package io.scalable.provider.cloud.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnershipTest {

    @Test
    void aPodIsCalledAsItsWorker() {
        assertThat(Ownership.podName("20260131-142501-x7k2p-model-3"))
                .isEqualTo("scalable-20260131-142501-x7k2p-model-3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "Capital-1",
                "with_underscore-1",
                "dots.and.dots-7",
                "ends-with-",
                "...",
                "20260131-142501-x7k2p-a-component-with-a-name-that-goes-on-and-on-and-on-1234"
            })
    void oddIdsGiveNamesThatKubernetesTakes(String id) {
        assertThat(Ownership.podName(id))
                .hasSizeLessThanOrEqualTo(63)
                .matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?")
                .isEqualTo(Ownership.podName(id));
        assertThat(Ownership.labelValue(id))
                .hasSizeLessThanOrEqualTo(63)
                .matches("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");
    }

    @Test
    void differentIdsGiveDifferentNames() {
        String head = "x".repeat(70);
        assertThat(
                        List.of(
                                Ownership.podName("A-1"),
                                Ownership.podName("a-1"),
                                Ownership.podName("a_1"),
                                Ownership.podName(head + "1"),
                                Ownership.podName(head + "2")))
                .doesNotHaveDuplicates();
    }

    @Test
    void theExactIdsAreInTheAnnotations() {
        var owner = new Ownership("d_".repeat(50), "w".repeat(90), "model", 7);
        var pod =
                new io.fabric8.kubernetes.api.model.PodBuilder()
                        .withNewMetadata()
                        .withLabels(owner.labels())
                        .withAnnotations(owner.annotations())
                        .endMetadata()
                        .build();

        assertThat(Ownership.of(pod)).contains(owner);
    }

    @Test
    void aPodOfSomebodyElseHasNoOwnerHere() {
        var pod = new io.fabric8.kubernetes.api.model.PodBuilder().withNewMetadata().endMetadata();

        assertThat(Ownership.of(pod.build())).isEmpty();
    }
}
