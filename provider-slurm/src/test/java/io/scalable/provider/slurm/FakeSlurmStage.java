package io.scalable.provider.slurm;

import io.scalable.contracts.worker.WorkerReport.WorkerHeartbeat;
import io.scalable.provider.DeploymentProvider;
import io.scalable.provider.Deployments;
import io.scalable.provider.ProviderStage;
import io.scalable.provider.platform.ReportedWorkers;
import io.scalable.provider.platform.Traits;
import io.scalable.testkit.ADeployment;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The Slurm provider on {@link FakeSlurm}. */
final class FakeSlurmStage implements ProviderStage, FakeSlurm.Workers {

    /** So quick that tests need not wait; the contract's clock stands still. */
    static final Traits QUICK =
            new Traits(
                    false,
                    500,
                    1,
                    1_000,
                    Duration.ZERO,
                    Duration.ofMillis(100),
                    Duration.ofMillis(500),
                    Duration.ofMillis(40),
                    Duration.ofMillis(40),
                    Duration.ofMillis(80),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(1));

    final FakeSlurm slurm = new FakeSlurm(this);
    final ReportedWorkers reported;
    private final SlurmProvider provider;

    FakeSlurmStage(Path workDir) {
        this(workDir, InstantSource.system());
    }

    FakeSlurmStage(Path workDir, InstantSource clock) {
        this.reported = new ReportedWorkers(clock);
        this.provider =
                new SlurmProvider(
                        settings(workDir), _ -> slurm, "Main", _ -> QUICK, "", reported, () -> {});
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
        String worker = worker(job);
        switch (component(job)) {
            case SLOW -> {}
            case BROKEN -> slurm.end(worker, JobState.FAILED);
            default -> beat(worker);
        }
    }

    /** The worker says that it is there. */
    void beat(String workerId) {
        boolean unused =
                reported.heard(
                        new WorkerHeartbeat(
                                "d", workerId, "c", 1, 0, List.of(), false, null, Instant.EPOCH));
    }

    @Override
    public boolean obeys(SlurmJob job) {
        return !component(job).equals(STUBBORN);
    }

    private static String worker(SlurmJob job) {
        return tag(job).workerId(job.index());
    }

    private static String component(SlurmJob job) {
        return tag(job).component();
    }

    private static JobTag tag(SlurmJob job) {
        return Objects.requireNonNull(job.tag(), "a job of ours");
    }
}
