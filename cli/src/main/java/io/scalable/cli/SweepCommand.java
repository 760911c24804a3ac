package io.scalable.cli;

import io.scalable.client.host.Census;
import io.scalable.manifest.ResolvedManifest;
import io.scalable.provider.backend.BackendUnavailableException;
import io.scalable.provider.backend.LaunchedWorkers;
import io.scalable.provider.backend.LaunchedWorkers.LaunchedWorker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds workers that nobody looks after, and ends them. */
@Command(
        name = "sweep",
        description = {
            "List workers on Slurm, or on --target, with who looks after them; with --yes, end"
                    + " those that nobody does.",
            "Left alone they end by themselves some minutes after their broker went (Slurm 8,"
                    + " clouds 10)."
        })
final class SweepCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "scalable.yaml",
            description = "The manifest with the target (default: ./scalable.yaml).")
    Path file;

    @Option(
            names = "--target",
            paramLabel = "T",
            description = "A target: where it runs is looked (default: this machine's Slurm).")
    @Nullable String target;

    @Mixin RunsOptions runs;
    @Mixin BrokerOptions brokers;

    @Option(names = "--yes", description = "End them.")
    boolean yes;

    @Option(names = "--unknown", description = "Those of runs that --runs-dir does not have, too.")
    boolean unknown;

    @Spec CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try {
            if (target == null) {
                Map<String, String> kafka = brokers.given() ? brokers.kafka() : Map.of();
                return sweep(Census.ofSlurm(), kafka);
            }
            ResolvedManifest resolved =
                    ManifestFile.load(file, List.of()).resolve(target, null, System.getenv());
            return sweep(Census.of(resolved), brokers.kafka(resolved));
        } catch (BackendUnavailableException | IllegalArgumentException e) {
            throw new UserException(String.valueOf(e.getMessage()));
        }
    }

    private int sweep(LaunchedWorkers launched, Map<String, String> kafka) throws IOException {
        var out = new ArrayList<String>();
        var found = new ArrayList<Found>();
        Set<String> living =
                kafka.isEmpty() ? null : BrokerOptions.deployments(kafka).living().keySet();
        var doomed = new ArrayList<LaunchedWorker>();
        boolean others = false;
        try (launched) {
            for (var deployment : byDeployment(launched.alive()).entrySet()) {
                String id = deployment.getKey();
                List<LaunchedWorker> workers = deployment.getValue();
                Owner owner = Owner.of(id, runs.runs(), living);
                found.add(
                        new Found(
                                id,
                                owner.name().toLowerCase(Locale.ROOT),
                                workers.stream().map(LaunchedWorker::workerId).toList()));
                out.add(id + ": " + number(workers.size()) + ", " + owner.words(id, runs.runs()));
                workers.forEach(w -> out.add("  " + w.workerId() + ": " + w.description()));
                if (owner.none() || (owner == Owner.UNKNOWN && unknown)) {
                    doomed.addAll(workers);
                }
                others |= owner == Owner.UNKNOWN && !unknown;
            }
            end(launched, doomed, out);
        }
        if (others) {
            out.add(
                    "workers of runs that are not in "
                            + runs.folder
                            + " stay; --unknown takes them, too");
        }
        List<String> ids = doomed.stream().map(LaunchedWorker::workerId).toList();
        Output.of(spec)
                .one(
                        out,
                        new Swept(found, yes ? ids : List.of(), yes ? List.of() : ids),
                        String.join("\n", ids));
        return ExitStatus.OK;
    }

    /** The workers of a deployment, and who looks after them. */
    private record Found(String deploymentId, String owner, List<String> workers) {}

    /** What was looked at, as programs read it. */
    private record Swept(List<Found> found, List<String> ended, List<String> toEnd) {}

    private void end(LaunchedWorkers launched, List<LaunchedWorker> doomed, List<String> out) {
        if (doomed.isEmpty()) {
            out.add("no worker without an owner");
        } else if (yes) {
            launched.end(doomed);
            out.add("ended " + number(doomed.size()));
        } else {
            out.add("to end " + number(doomed.size()) + ", say the same with --yes");
        }
    }

    private static String number(int workers) {
        return workers + (workers == 1 ? " worker" : " workers");
    }

    private static Map<String, List<LaunchedWorker>> byDeployment(List<LaunchedWorker> workers) {
        return workers.stream()
                .collect(
                        Collectors.groupingBy(
                                LaunchedWorker::deploymentId, TreeMap::new, Collectors.toList()));
    }
}
