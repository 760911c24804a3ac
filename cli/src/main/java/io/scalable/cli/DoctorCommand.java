package io.scalable.cli;

import io.scalable.client.host.HostedProviders;
import io.scalable.client.host.ListenAddress;
import io.scalable.client.host.SharedPlaces;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.manifest.DeploymentRequest;
import io.scalable.manifest.ResolvedManifest;
import io.scalable.provider.slurm.Checkup;
import io.scalable.provider.slurm.Checkup.Outcome;
import io.scalable.provider.slurm.ProbeJob;
import io.scalable.provider.slurm.SlurmDoctor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks whether a target can be run from here. */
@Command(
        name = "doctor",
        description = {
            "Check that a Slurm target can be run from here, before any real job.",
            "A probe job of one minute tries that compute nodes reach this machine."
        })
final class DoctorCommand implements Callable<Integer> {

    @Mixin ManifestOptions manifest;
    @Mixin RunsOptions runs;

    @Option(names = "--no-probe", description = "Submit no probe job.")
    boolean noProbe;

    @Option(
            names = "--wait",
            paramLabel = "S",
            defaultValue = "120",
            description =
                    "Seconds for the probe job to start and call (default: ${DEFAULT-VALUE}).")
    int wait;

    @Spec CommandSpec spec;

    private final List<Checkup> told = new ArrayList<>();
    private boolean failed;

    @Override
    public Integer call() throws IOException {
        ResolvedManifest resolved = manifest.resolve();
        if (!resolved.provider().equals("slurm")) {
            throw new UserException(
                    "doctor looks at Slurm targets; target '%s' has provider '%s': name another with"
                                    .formatted(resolved.targetName(), resolved.provider())
                            + " --target");
        }
        Path folder = runs.runs().folder();
        DeploymentSpec deployment =
                resolved.deployment(
                        new DeploymentRequest(
                                "doctor",
                                Instant.now(),
                                "doctor",
                                folder.resolve("doctor").toUri(),
                                null,
                                null));
        ListenAddress address = address(deployment);
        Path shared = SharedPlaces.of(resolved, folder).shared();
        var provider = HostedProviders.slurmToShow(folder.resolve("doctor"), shared);
        boolean answers = new SlurmDoctor(deployment, provider, this::tell).examine();
        if (answers && address != null && !noProbe) {
            tell(
                    new ProbeJob(deployment, folder)
                            .run(address.host(), address.port(), Duration.ofSeconds(wait)));
        }
        if (!Output.of(spec).isText()) {
            Output.of(spec).one(List.of(), told, failed ? "failed" : "ok");
        }
        return ExitStatus.of(!failed);
    }

    private @Nullable ListenAddress address(DeploymentSpec deployment) {
        try {
            ListenAddress address = ListenAddress.of(deployment.target());
            tell(
                    new Checkup(
                            "address",
                            Outcome.OK,
                            address.host()
                                    + (address.port() == 0
                                            ? ", on any free port"
                                            : ", on port " + address.port())));
            return address;
        } catch (IllegalArgumentException e) {
            tell(new Checkup("address", Outcome.FAILED, String.valueOf(e.getMessage())));
            return null;
        }
    }

    private void tell(Checkup checkup) {
        told.add(checkup);
        failed |= checkup.outcome() == Outcome.FAILED;
        if (!Output.of(spec).isText()) {
            return;
        }
        String mark =
                switch (checkup.outcome()) {
                    case OK -> "ok     ";
                    case WARNING -> "warning";
                    case FAILED -> "FAILED ";
                };
        PrintWriter out = spec.commandLine().getOut();
        out.println(mark + "  " + checkup.what() + ": " + checkup.detail());
        out.flush();
    }
}
