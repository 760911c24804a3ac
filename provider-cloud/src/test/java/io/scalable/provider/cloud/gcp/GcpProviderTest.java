package io.scalable.provider.cloud.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.scalable.provider.backend.RefusingBackend;
import io.scalable.provider.cloud.CloudSettings;
import io.scalable.provider.platform.ReportedWorkers;
import io.scalable.testkit.ADeployment;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GcpProviderTest {

    private final GcpProvider provider =
            new GcpProvider(
                    new CloudSettings(
                            Map.of(), new ReportedWorkers(), InstantSource.system(), () -> {}),
                    new NoGke(),
                    new GoogleCloud(GcpProviderTest::nobodyThere, GoogleLogin.NONE),
                    CloudRunPacing.defaults(),
                    (_, closed) -> new Answers(Runnable::run, () -> {}, closed));

    @Test
    void withoutAClusterTypeItIsGke() {
        var deployment =
                onGke().option("cluster", TextNode.valueOf("science"))
                        .option("zone", TextNode.valueOf("us-central1-a"))
                        .option("project", TextNode.valueOf("p"))
                        .build();

        assertThat(provider.validate(deployment).findings()).isEmpty();
        assertThat(provider.buildCluster(deployment).backend())
                .isEqualTo(new RefusingBackend("gke"));
    }

    @Test
    void whatGkeLacksIsNamed() {
        assertThat(provider.validate(onGke().build()).errors())
                .contains("targets.here.cluster", "targets.here.region", "targets.here.project");
    }

    @Test
    void aDeploymentHasOneBackend() {
        var deployment =
                CloudRunStage.onCloudRun(ADeployment.aDeployment()).pool("model", 1).build();

        var first = provider.buildCluster(deployment).backend();

        assertThat(provider.buildCluster(deployment).backend()).isSameAs(first);
        first.close();
        assertThat(provider.buildCluster(deployment).backend()).isNotSameAs(first);
    }

    /** Every API is where nothing listens: that is no finding. */
    private static @Nullable String nobodyThere(@Nullable String name) {
        return String.valueOf(name).endsWith("_ENDPOINT") ? "http://127.0.0.1:1/" : null;
    }

    private static ADeployment onGke() {
        return ADeployment.aDeployment().provider("gcp").pool("model", 1);
    }
}
