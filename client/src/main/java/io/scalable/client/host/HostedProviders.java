package io.scalable.client.host;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.TargetSpec;
import io.scalable.provider.ValidationReport;
import io.scalable.provider.local.LocalProvider;
import io.scalable.provider.local.LocalSettings;
import io.scalable.provider.slurm.Bundle;
import io.scalable.provider.slurm.SlurmProvider;
import io.scalable.provider.slurm.SlurmSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The providers that a user's own program or command can host: their workers are the user's. */
public final class HostedProviders {

    private static final Set<String> NAMES = Set.of("local", "slurm");

    private HostedProviders() {}

    /** True if workers of provider {@code name} can be launched from a user's program. */
    public static boolean has(String name) {
        return NAMES.contains(name);
    }

    /**
     * Looks whether a Slurm deployment can be run from this machine; of others nothing is asked
     * beforehand.
     *
     * @return what a person should know all the same
     * @throws IllegalArgumentException if it cannot; the message says all that is wrong
     */
    public static List<String> check(DeploymentSpec deployment) {
        if (!deployment.target().provider().equals("slurm")) {
            return List.of();
        }
        ListenAddress unused = ListenAddress.of(deployment.target());
        Path here = Path.of(deployment.directory());
        ValidationReport report =
                slurm(here, here, new Bundle(here, "", here)).validate(deployment);
        if (!report.ok()) {
            throw new IllegalArgumentException(report.errors());
        }
        return report.warnings();
    }

    /**
     * What {@link ProviderLoop#start} takes to launch a target's workers.
     *
     * @param kafka Kafka client properties for the workers; may hold secrets
     * @param workDir for workers' settings and logs
     * @param shared for what workers on other machines need; they must see it, and {@code workDir},
     *     at the same place
     * @param jvmOptions further options for the JVMs of local workers
     * @param progress hears of what takes seconds
     * @throws IOException if what workers need cannot be put into {@code shared}
     */
    public static Hosting of(
            TargetSpec target,
            Map<String, String> kafka,
            Path workDir,
            Path shared,
            List<String> jvmOptions,
            Consumer<String> progress)
            throws IOException {
        var local = LocalSettings.of(workDir, kafka).withJvmOptions(jvmOptions);
        if (!target.provider().equals("slurm")) {
            return new Hosting(changed -> List.of(new LocalProvider(local, changed)), null);
        }
        SlurmSettings slurm = published(local, shared, progress);
        return new Hosting(changed -> List.of(new SlurmProvider(slurm, changed)), null);
    }

    /**
     * The same for targets of every provider that there is.
     *
     * @throws IOException if what workers need cannot be put into {@code shared}
     */
    public static Hosting all(
            Map<String, String> kafka, Path workDir, Path shared, Consumer<String> progress)
            throws IOException {
        var local = LocalSettings.of(workDir, kafka);
        SlurmSettings slurm = published(local, shared, progress);
        return new Hosting(
                changed ->
                        List.of(
                                new LocalProvider(local, changed),
                                new SlurmProvider(slurm, changed)),
                null);
    }

    private static SlurmSettings published(
            LocalSettings local, Path shared, Consumer<String> progress) throws IOException {
        Bundle bundle = Bundle.publish(shared, local.classpath(), progress);
        bundle.train(local.kafka(), progress);
        return SlurmSettings.of(local.workDir(), shared, local.kafka(), bundle);
    }

    /**
     * A Slurm provider that shows its job scripts: what they name need not be in {@code shared}
     * yet.
     */
    public static SlurmProvider slurmToShow(Path workDir, Path shared) {
        String classpath = LocalSettings.of(workDir, Map.of()).classpath();
        return slurm(workDir, shared, Bundle.planned(shared, classpath));
    }

    private static SlurmProvider slurm(Path workDir, Path shared, Bundle bundle) {
        return new SlurmProvider(SlurmSettings.of(workDir, shared, Map.of(), bundle), () -> {});
    }
}
