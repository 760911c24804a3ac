package io.scalable.client.host;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.TargetSpec;
import io.scalable.provider.DeploymentProvider;
import io.scalable.provider.ValidationReport;
import io.scalable.provider.cloud.CloudSettings;
import io.scalable.provider.cloud.aws.AwsProvider;
import io.scalable.provider.cloud.gcp.GcpProvider;
import io.scalable.provider.cloud.gcp.GkeClients;
import io.scalable.provider.cloud.kubernetes.KubernetesProvider;
import io.scalable.provider.kafka.Hosting;
import io.scalable.provider.local.LocalProvider;
import io.scalable.provider.local.LocalSettings;
import io.scalable.provider.platform.ReportedWorkers;
import io.scalable.provider.slurm.Bundle;
import io.scalable.provider.slurm.SlurmJobs;
import io.scalable.provider.slurm.SlurmProvider;
import io.scalable.provider.slurm.SlurmSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The providers that a user's own program or command can host: their workers are the user's. */
public final class HostedProviders {

    private static final List<String> CLOUDS = List.of("kubernetes", "aws", "gcp");

    private HostedProviders() {}

    /** True if workers of provider {@code name} have no folder in common with this machine. */
    public static boolean isCloud(String name) {
        return CLOUDS.contains(name);
    }

    /**
     * Looks whether a deployment can be run from this machine; starts nothing. Of local ones
     * nothing is asked beforehand.
     *
     * @param kafka what its workers reach their broker by; may hold secrets
     * @return what a person should know all the same
     * @throws IllegalArgumentException if it cannot; the message says all that is wrong
     */
    public static List<String> check(DeploymentSpec deployment, Map<String, String> kafka) {
        String name = deployment.target().provider();
        if (name.equals("local")) {
            return List.of();
        }
        ValidationReport report = provider(deployment, name, kafka).validate(deployment);
        if (!report.ok()) {
            throw new IllegalArgumentException(report.errors());
        }
        return report.warnings();
    }

    private static DeploymentProvider provider(
            DeploymentSpec deployment, String name, Map<String, String> kafka) {
        if (!name.equals("slurm")) {
            return cloud(name, cloudSettings(kafka, new ReportedWorkers(), () -> {}));
        }
        ListenAddress unused = ListenAddress.of(deployment.target());
        Path here = Path.of(deployment.directory());
        return slurm(here, here, new Bundle(here, "", here));
    }

    /**
     * What {@link io.scalable.provider.kafka.ProviderLoop#start} takes to launch a target's
     * workers.
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
        String name = target.provider();
        var local = LocalSettings.of(workDir, kafka).withJvmOptions(jvmOptions);
        if (name.equals("local")) {
            return new Hosting(changed -> List.of(new LocalProvider(local, changed)), null);
        }
        var reported = new ReportedWorkers();
        if (name.equals("slurm")) {
            SlurmSettings slurm = published(local, shared, progress);
            return new Hosting(
                    changed -> List.of(new SlurmProvider(slurm, reported, changed)), reported);
        }
        return new Hosting(
                changed -> List.of(cloud(name, cloudSettings(kafka, reported, changed))), reported);
    }

    /**
     * The same for targets of every provider that this machine can launch workers with.
     *
     * @throws IOException if what workers need cannot be put into {@code shared}
     */
    public static Hosting all(
            Map<String, String> kafka, Path workDir, Path shared, Consumer<String> progress)
            throws IOException {
        var local = LocalSettings.of(workDir, kafka);
        Optional<SlurmSettings> slurm =
                new SlurmJobs().missing().isEmpty()
                        ? Optional.of(published(local, shared, progress))
                        : Optional.empty();
        var reported = new ReportedWorkers();
        return new Hosting(
                changed -> {
                    var settings = cloudSettings(kafka, reported, changed);
                    var all = new ArrayList<DeploymentProvider>();
                    all.add(new LocalProvider(local, changed));
                    slurm.ifPresent(known -> all.add(new SlurmProvider(known, reported, changed)));
                    CLOUDS.forEach(name -> all.add(cloud(name, settings)));
                    return all;
                },
                reported);
    }

    private static CloudSettings cloudSettings(
            Map<String, String> kafka, ReportedWorkers reported, Runnable changed) {
        return new CloudSettings(kafka, reported, InstantSource.system(), changed);
    }

    private static DeploymentProvider cloud(String name, CloudSettings settings) {
        return switch (name) {
            case "kubernetes" -> new KubernetesProvider(settings);
            case "aws" -> new AwsProvider(settings);
            case "gcp" ->
                    new GcpProvider(
                            settings,
                            new KubernetesProvider("gcp", settings, GkeClients.ofThisProcess()));
            default -> throw new IllegalArgumentException("no provider '" + name + "'");
        };
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
        SlurmSettings settings = SlurmSettings.of(workDir, shared, Map.of(), bundle);
        return new SlurmProvider(settings, new ReportedWorkers(), () -> {});
    }
}
