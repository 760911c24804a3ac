package io.scalable.provider.slurm;

import io.scalable.provider.ProviderContract;
import io.scalable.provider.ProviderStage;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FakeSlurmContractTest extends ProviderContract {

    @TempDir Path workDir;

    @Override
    protected ProviderStage newStage() {
        return new FakeSlurmStage(workDir);
    }
}
