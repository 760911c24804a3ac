package io.scalable.provider.slurm;

import io.scalable.provider.ProviderContract;
import io.scalable.provider.ProviderStage;
import io.scalable.testkit.RealSlurm;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a real Slurm. */
class SlurmIT extends ProviderContract {

    private static RealSlurm cluster;

    @TempDir Path workDir;

    @BeforeAll
    static void startSlurm() {
        cluster = RealSlurm.start(4, 16);
    }

    @AfterAll
    static void stopSlurm() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Override
    protected ProviderStage newStage() {
        return new SlurmStage(workDir, cluster.conf());
    }
}
