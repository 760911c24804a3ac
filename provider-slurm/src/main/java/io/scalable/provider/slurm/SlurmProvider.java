package io.scalable.provider.slurm;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.provider.ClusterHandle;
import io.scalable.provider.CostEstimate;
import io.scalable.provider.DeploymentProvider;
import io.scalable.provider.ValidationReport;
import io.scalable.provider.ValidationReport.Finding;
import io.scalable.provider.ValidationReport.Severity;
import io.scalable.provider.container.ContainerRuntime;
import io.scalable.provider.cost.CostEstimates;
import io.scalable.provider.platform.PlatformBackend;
import io.scalable.provider.platform.ReportedWorkers;
import io.scalable.provider.platform.SharedListing;
import io.scalable.provider.platform.Traits;
import io.scalable.provider.worker.WorkerJvm;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs workers as Slurm jobs, submitted as the user whom this JVM runs as. */
public final class SlurmProvider implements DeploymentProvider {

    private final SlurmSettings settings;
    private final Function<String, Slurm> slurm;
    private final String mainClass;
    private final Function<Duration, Traits> traits;
    private final String path;
    private final ReportedWorkers reported;
    private final Runnable changed;
    private final Map<String, PlatformBackend> backends = new HashMap<>();
    private final Map<Queue, SharedListing> listings = new HashMap<>();

    /**
     * What deployments with the same share.
     *
     * @param cluster the cluster; empty for Slurm's own
     * @param poll the longest time between two looks
     */
    private record Queue(String cluster, Duration poll) {}

    /**
     * @param reported what workers say of themselves
     * @param changed called by any thread when Slurm has answered, so that the host looks at once
     */
    public SlurmProvider(SlurmSettings settings, ReportedWorkers reported, Runnable changed) {
        this(
                settings,
                cluster -> new SlurmCommands(null, cluster),
                WorkerJvm.MAIN,
                SlurmTraits::of,
                Optional.ofNullable(System.getenv("PATH")).orElse(""),
                reported,
                changed);
    }

    /**
     * @param slurm how a cluster is asked, by its name; empty for Slurm's own
     * @param traits how it is treated, by the longest time between two looks
     */
    SlurmProvider(
            SlurmSettings settings,
            Function<String, Slurm> slurm,
            String mainClass,
            Function<Duration, Traits> traits,
            String path,
            ReportedWorkers reported,
            Runnable changed) {
        this.settings = settings;
        this.slurm = slurm;
        this.mainClass = mainClass;
        this.traits = traits;
        this.path = path;
        this.reported = reported;
        this.changed = changed;
    }

    @Override
    public String name() {
        return "slurm";
    }

    @Override
    public ValidationReport validate(DeploymentSpec deployment) {
        SlurmTarget target = SlurmTarget.of(deployment);
        var findings = new ArrayList<>(target.findings());
        List<String> missing = slurm.apply("").missing();
        if (!missing.isEmpty()) {
            findings.add(
                    new Finding(
                            Severity.ERROR,
                            "targets." + deployment.target().name() + ".provider",
                            String.join(", ", missing)
                                    + " cannot be found on PATH; run this where Slurm's commands"
                                    + " are, such as a login node"));
        }
        boolean wantsNone = target.runtime().equals("none");
        for (ComponentSpec component : deployment.components()) {
            if (component.image() != null && !wantsNone && runtime(target) == null) {
                findings.add(
                        new Finding(
                                Severity.ERROR,
                                "components." + component.name() + ".image",
                                noRuntime(target)));
            }
            try {
                String unused = script(deployment, component, 1);
            } catch (IllegalArgumentException e) {
                findings.add(
                        new Finding(
                                Severity.ERROR,
                                "components." + component.name(),
                                String.valueOf(e.getMessage())));
            }
        }
        return new ValidationReport(findings);
    }

    private static String noRuntime(SlurmTarget target) {
        return target.runtime().isEmpty()
                ? "needs apptainer, singularity or charliecloud (ch-run), none of which is on PATH;"
                        + " load its module, or say runtime: none on the target to run bare"
                : "needs " + target.runtime() + ", which is not on PATH; load its module";
    }

    @Override
    public ClusterHandle buildCluster(DeploymentSpec deployment) {
        String id = deployment.deploymentId();
        return new ClusterHandle(
                deployment, backends.computeIfAbsent(id, _ -> backend(deployment)));
    }

    private PlatformBackend backend(DeploymentSpec deployment) {
        String id = deployment.deploymentId();
        SlurmTarget target = SlurmTarget.of(deployment);
        SharedListing listing =
                listings.computeIfAbsent(
                        new Queue(target.cluster(), target.poll()), queue -> listing(queue));
        return new PlatformBackend(
                id,
                listing,
                reported,
                target.walltime().dividedBy(2),
                InstantSource.system(),
                SlurmProvider::start,
                () -> ThreadLocalRandom.current().nextDouble(),
                changed,
                () -> backends.remove(id));
    }

    private SharedListing listing(Queue queue) {
        var platform =
                new SlurmPlatform(
                        slurm.apply(queue.cluster()),
                        deployment -> submission(SlurmTarget.of(deployment)),
                        settings.workDir(),
                        reported,
                        InstantSource.system(),
                        traits.apply(queue.poll()));
        return new SharedListing(
                platform,
                SlurmProvider::start,
                () -> ThreadLocalRandom.current().nextDouble(),
                changed);
    }

    /** Slurm's commands are waited for; one that runs when its host ends is not cut off. */
    private static void start(Runnable call) {
        Thread unused = Thread.ofVirtual().name("slurm").start(call);
    }

    /**
     * The job script for {@code count} workers of a component, exactly as it would be submitted for
     * the pool's first workers.
     *
     * @throws IllegalArgumentException if a name or path in it cannot be expressed
     */
    public String script(DeploymentSpec deployment, ComponentSpec component, int count) {
        var tag = new JobTag(deployment.deploymentId(), component.name(), 1);
        return submission(SlurmTarget.of(deployment))
                .script(deployment, component, tag, count, List.of());
    }

    private Submission submission(SlurmTarget target) {
        return new Submission(settings, new WorkerCommands(settings, mainClass, runtime(target)));
    }

    /** The runtime that is asked for, else the first that is installed; null for none. */
    private @Nullable ContainerRuntime runtime(SlurmTarget target) {
        if (target.runtime().equals("none")) {
            return null;
        }
        List<ContainerRuntime> candidates =
                ContainerRuntime.named(target.runtime())
                        .map(List::of)
                        .orElse(ContainerRuntime.ON_CLUSTERS);
        return candidates.stream()
                .filter(runtime -> runtime.find(path).isPresent())
                .findFirst()
                .orElse(null);
    }

    @Override
    public Optional<CostEstimate> estimateCost(DeploymentSpec deployment, ScalePlan plan) {
        return CostEstimates.of(deployment, plan);
    }
}
