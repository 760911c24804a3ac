package io.scalable.provider.local;

import static io.scalable.provider.Deployments.aDeployment;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.scalable.provider.backend.LaunchOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalProviderTest {

    private final LocalLauncher none =
            order -> {
                throw new AssertionError("launched " + order.workerId());
            };
    private final LocalProvider provider = new LocalProvider(none, none, 1, "/nowhere");

    @Test
    void aRuntimeThatIsNotInstalledIsRefusedWithWhatToDo() {
        var deployment =
                aDeployment("d")
                        .pool("a", 1)
                        .option("containers", TextNode.valueOf("docker"))
                        .build();

        var report = provider.validate(deployment);

        assertThat(report.ok()).isFalse();
        assertThat(report.errors())
                .isEqualTo(
                        "targets.here.containers: needs the program docker, which is not on PATH;"
                                + " install it, or set containers: none");
    }

    @Test
    void aComponentThatFitsIsFine() {
        var report = provider.validate(aDeployment("d").pool("a", 1).build());

        assertThat(report.findings()).isEmpty();
    }

    @Test
    void workersOfAllPoolsSpreadOverThePartitions() {
        var deployment = aDeployment("d").pool("a", 2).pool("b", 2).build();
        var a = deployment.components().getFirst();
        var b = deployment.components().getLast();

        assertThat(
                        List.of(
                                LaunchOrder.of(deployment, a, "d-a-1", 1).partition(),
                                LaunchOrder.of(deployment, a, "d-a-2", 2).partition(),
                                LaunchOrder.of(deployment, b, "d-b-1", 1).partition(),
                                LaunchOrder.of(deployment, b, "d-b-2", 2).partition(),
                                LaunchOrder.of(deployment, a, "d-a-5", 5).partition()))
                .containsExactly(0, 1, 2, 3, 0);
    }
}
