package io.scalable.provider.local;

import static io.scalable.provider.Deployments.aDeployment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.backend.LaunchRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    void aPreloadScriptMakesWorkersProcesses() {
        var launched = new ArrayList<String>();
        LocalLauncher processes =
                order -> {
                    launched.add(order.workerId());
                    throw new LaunchRefusedException("seen", null);
                };
        var both = new LocalProvider(none, processes, 1, "");
        var plain = aDeployment("d").pool("a", 1).build();
        ComponentSpec a = plain.components().getFirst();
        var preloaded =
                new ComponentSpec(
                        a.name(),
                        null,
                        null,
                        a.cpus(),
                        a.memoryBytes(),
                        a.slots(),
                        a.bounds(),
                        null,
                        List.of(),
                        Map.of(),
                        Map.of(),
                        List.of(),
                        "module load gcc");
        var deployment = plain.withWork(List.of(preloaded), List.of());
        var order = LaunchOrder.of(deployment, preloaded, "d-a-1", 1);

        assertThatThrownBy(() -> both.buildCluster(deployment).backend().launch(order))
                .isInstanceOf(LaunchRefusedException.class);
        assertThat(launched).containsExactly("d-a-1");
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
