package io.scalable.provider.slurm;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.provider.platform.PlatformException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Looks whether a deployment can run on this cluster, before it does. */
public final class SlurmDoctor {

    private final SlurmCommands slurm = new SlurmCommands();
    private final DeploymentSpec deployment;
    private final SlurmProvider provider;
    private final SlurmTarget target;
    private final Consumer<Checkup> tell;

    /**
     * @param provider makes the job scripts
     * @param tell hears each finding as it is made
     */
    public SlurmDoctor(DeploymentSpec deployment, SlurmProvider provider, Consumer<Checkup> tell) {
        this.deployment = deployment;
        this.provider = provider;
        this.target = SlurmTarget.of(deployment);
        this.tell = tell;
    }

    /**
     * Makes every check that needs no job. Takes seconds.
     *
     * @return false if Slurm cannot be asked, so that a probe makes no sense
     */
    public boolean examine() {
        if (!slurm.missing().isEmpty()) {
            tell.accept(
                    Checkup.failed(
                            "Slurm's commands",
                            String.join(", ", slurm.missing())
                                    + " cannot be found on PATH; log in to a node of the cluster,"
                                    + " or load its module"));
            return false;
        }
        tell.accept(Checkup.ok("Slurm's commands", "sbatch, squeue, scancel"));
        List<PartitionLimits> all;
        try {
            all =
                    PartitionLimits.parse(
                            slurm.call(
                                    List.of(
                                            "sinfo",
                                            "--noheader",
                                            "--format=" + PartitionLimits.SINFO),
                                    null));
        } catch (PlatformException e) {
            tell.accept(
                    Checkup.failed(
                            "Slurm's controller", e.text() + "; ask the cluster's operators"));
            return false;
        }
        tell.accept(Checkup.ok("Slurm's controller", "answers"));
        accounting();
        partition(all);
        manifest();
        images();
        return true;
    }

    private void accounting() {
        try {
            String unused = slurm.call(List.of("sacct", "--noheader", "--jobs=1"), null);
            tell.accept(Checkup.ok("accounting", "sacct answers"));
        } catch (PlatformException e) {
            tell.accept(
                    Checkup.warning(
                            "accounting",
                            "sacct does not answer: how a job ended is known only as long as the"
                                    + " controller remembers it (MinJobAge)"));
        }
    }

    private void partition(List<PartitionLimits> all) {
        String wanted = target.directives().getOrDefault("--partition", "");
        List<PartitionLimits> here =
                all.stream()
                        .filter(p -> wanted.isEmpty() ? p.standard() : p.partition().equals(wanted))
                        .toList();
        String names =
                all.stream()
                        .map(PartitionLimits::partition)
                        .distinct()
                        .collect(Collectors.joining(", "));
        if (here.isEmpty()) {
            tell.accept(
                    Checkup.failed(
                            "partition",
                            wanted.isEmpty()
                                    ? "the cluster has no default; set queue: to one of " + names
                                    : "there is no '"
                                            + wanted
                                            + "'; set queue: to one of "
                                            + names));
            return;
        }
        PartitionLimits first = here.getFirst();
        tell.accept(
                first.up()
                        ? Checkup.ok("partition", first.partition() + " takes jobs")
                        : Checkup.failed(
                                "partition",
                                first.partition() + " is down; wait, or use one of " + names));
        walltime(first);
        deployment.components().forEach(component -> room(component, here));
    }

    private void walltime(PartitionLimits partition) {
        Duration longest = partition.longest();
        String wanted = JobScript.time(target.walltime());
        if (longest != null && target.walltime().compareTo(longest) > 0) {
            tell.accept(
                    Checkup.failed(
                            "walltime",
                            "%s is more than the %s that partition %s allows; set walltime: %s"
                                    .formatted(
                                            wanted,
                                            JobScript.time(longest),
                                            partition.partition(),
                                            JobScript.time(longest))));
        } else {
            tell.accept(Checkup.ok("walltime", wanted));
        }
    }

    private void room(ComponentSpec component, List<PartitionLimits> nodes) {
        String what = "room for " + component.name();
        List<String> lacks = new ArrayList<>();
        for (PartitionLimits node : nodes) {
            var lack = node.lack(component);
            if (lack.isEmpty()) {
                tell.accept(Checkup.ok(what, "a node has its cpus and memory"));
                return;
            }
            lacks.add(lack.get());
        }
        tell.accept(
                Checkup.failed(
                        what,
                        lacks.getFirst()
                                + "; lower the component's cpus or memory, or use another"
                                + " partition"));
    }

    /** What the manifest says, and what Slurm itself says to each script. */
    private void manifest() {
        var report = provider.validate(deployment);
        report.warnings().forEach(w -> tell.accept(Checkup.warning("manifest", w)));
        if (!report.ok()) {
            report.errors().lines().forEach(e -> tell.accept(Checkup.failed("manifest", e)));
            return;
        }
        for (ComponentSpec component : deployment.components()) {
            String what = "sbatch --test-only for " + component.name();
            try {
                String unused =
                        slurm.call(
                                List.of("sbatch", "--test-only"),
                                provider.script(deployment, component, 1));
                tell.accept(Checkup.ok(what, "accepted"));
            } catch (PlatformException e) {
                tell.accept(
                        Checkup.failed(what, e.text() + "; see the target's account, queue, qos"));
            }
        }
    }

    private void images() {
        for (ComponentSpec component : deployment.components()) {
            String image = component.image();
            if (image == null) {
                continue;
            }
            boolean file = image.startsWith("/") || image.startsWith(".") || image.endsWith(".sif");
            String what = "image of " + component.name();
            if (!file) {
                tell.accept(Checkup.ok(what, image + " is fetched when the first worker starts"));
            } else if (Files.exists(Path.of(deployment.directory()).resolve(image))) {
                tell.accept(Checkup.ok(what, image + " is there"));
            } else {
                tell.accept(
                        Checkup.failed(
                                what, image + " is not there; build or copy it, or mend its path"));
            }
        }
    }
}
