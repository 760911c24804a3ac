package io.scalable.provider.cloud.kubernetes;

import io.scalable.provider.ProviderContract;
import io.scalable.provider.ProviderStage;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a real control plane, with pods that are processes. */
class ProcessPodsIT extends ProviderContract {

    private static RealCluster cluster;
    private static String label;

    @TempDir Path home;

    @BeforeAll
    static void open() {
        label = RealCluster.required("SCALABLE_TEST_KUBE_PROCESSES");
        cluster = RealCluster.open();
    }

    @AfterAll
    static void close() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Override
    protected ProviderStage newStage() throws Exception {
        return new ProcessPodsStage(
                cluster, home, RealCluster.required("SCALABLE_TEST_KUBECONFIG"), label);
    }
}
