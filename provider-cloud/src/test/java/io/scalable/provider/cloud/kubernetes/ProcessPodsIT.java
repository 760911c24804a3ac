package io.scalable.provider.cloud.kubernetes;

import io.scalable.provider.ProviderContract;
import io.scalable.provider.ProviderStage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract on a real control plane, with pods that are processes, by a user who has the
 * project's Role and nothing else.
 */
class ProcessPodsIT extends ProviderContract {

    private static RealCluster cluster;
    private static String label;
    private static String user;

    @TempDir Path home;

    @BeforeAll
    static void open() throws IOException {
        label = RealCluster.required("SCALABLE_TEST_KUBE_PROCESSES");
        user = RealCluster.required("SCALABLE_TEST_KUBE_USER");
        cluster = RealCluster.open();
        try (var client = RealCluster.client(user)) {
            cluster.grant(client);
        }
    }

    @AfterAll
    static void close() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Override
    protected ProviderStage newStage() throws Exception {
        return new ProcessPodsStage(cluster, home, user, label);
    }
}
