package io.scalable.provider.slurm;

import io.scalable.provider.DeploymentProvider;
import io.scalable.provider.Deployments;
import io.scalable.provider.ProviderStage;
import io.scalable.provider.worker.WorkerFiles;
import io.scalable.testkit.ADeployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The Slurm provider on {@link FakeSlurm}. */
final class FakeSlurmStage implements ProviderStage, FakeSlurm.Workers {

    static final SlurmPacing QUICK =
            new SlurmPacing(
                    Duration.ofMillis(40),
                    Duration.ofMillis(40),
                    Duration.ofMillis(80),
                    Duration.ofSeconds(30),
                    500);

    final FakeSlurm slurm = new FakeSlurm(this);
    private final Path workDir;
    private final SlurmProvider provider;

    FakeSlurmStage(Path workDir) {
        this.workDir = workDir;
        this.provider = new SlurmProvider(settings(workDir), slurm, "Main", QUICK, "", () -> {});
    }

    static SlurmSettings settings(Path workDir) {
        return new SlurmSettings(
                workDir,
                workDir,
                Map.of(),
                Path.of(System.getProperty("java.home")),
                System.getProperty("java.class.path"),
                List.of());
    }

    @Override
    public DeploymentProvider provider() {
        return provider;
    }

    @Override
    public ADeployment deployment(String id) {
        return Deployments.aDeployment(id).provider("slurm").deadline(3_600);
    }

    @Override
    public Set<String> alive(String deploymentId) {
        return slurm.alive().stream()
                .filter(id -> id.startsWith(deploymentId + "-"))
                .collect(Collectors.toSet());
    }

    @Override
    public void leave(String workerId) {
        slurm.end(workerId, JobState.COMPLETED);
    }

    @Override
    public void crash(String workerId) {
        slurm.end(workerId, JobState.FAILED);
    }

    @Override
    public void close() {}

    @Override
    public void started(SlurmJob job) {
        switch (job.tag().component()) {
            case SLOW -> {}
            case BROKEN -> slurm.end(job.workerId(), JobState.FAILED);
            default -> makeReady(job.workerId());
        }
    }

    private void makeReady(String workerId) {
        try {
            Files.write(WorkerFiles.in(workDir, workerId).ready(), new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean obeys(SlurmJob job) {
        return !job.tag().component().equals(STUBBORN);
    }
}
