package io.scalable.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.Json;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Policy;
import io.scalable.manifest.DeploymentRequest;
import io.scalable.manifest.ResolvedManifest;
import io.scalable.planning.DeploymentPlanner;
import io.scalable.planning.estimate.WorkEstimator;
import io.scalable.planning.simulation.Baseline;
import io.scalable.planning.simulation.ManifestTrace;
import io.scalable.planning.simulation.PlannedScaler;
import io.scalable.planning.simulation.ProviderModel;
import io.scalable.planning.simulation.Scaler;
import io.scalable.planning.simulation.SimulatedDeployment;
import io.scalable.planning.simulation.Simulation;
import io.scalable.planning.simulation.Trace;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Replays tasks through the planner in virtual time. */
@Command(
        name = "simulate",
        description =
                "Replay a manifest's tasks or a trace through the planner in virtual time; starts"
                        + " nothing.")
final class SimulateCommand implements Callable<Integer> {

    @Mixin ManifestOptions manifest;

    @Option(
            names = "--trace",
            paramLabel = "T",
            description = "A trace (JSON Lines), instead of a manifest.")
    @Nullable Path traceFile;

    @Option(
            names = "--provider-model",
            paramLabel = "M",
            description =
                    "local, fargate, slurm or a JSON or YAML file (default: by the manifest's"
                            + " target).")
    @Nullable String providerModel;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seed of durations and start delays (default: ${DEFAULT-VALUE}).")
    long seed;

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "Time between two decisions (default: ${DEFAULT-VALUE}).")
    double interval;

    @Option(
            names = "--fixed",
            paramLabel = "N",
            defaultValue = "4",
            description = "The fixed count that --compare shows (default: ${DEFAULT-VALUE}).")
    int fixed;

    @Option(
            names = "--compare",
            description =
                    "A row for each policy and objective, a worker per task and a fixed count.")
    boolean compare;

    @Option(names = "--format", description = "text or json (default: text).")
    Format format = Format.TEXT;

    @Spec CommandSpec spec;

    /** What is replayed. The spec is a manifest's; null for a trace. */
    private record Workload(String name, Trace trace, @Nullable DeploymentSpec spec) {}

    @Override
    public Integer call() throws IOException {
        check();
        List<SimulatedRow> rows = new ArrayList<>();
        Path file = traceFile;
        Workload workload = file == null ? ofManifest() : ofTrace(file);
        ProviderModel model = model(workload);
        DeploymentSpec own = workload.spec();
        for (Policy policy : policies(own)) {
            for (Objective objective : objectives(own, policy)) {
                boolean named = policy != Policy.MANUAL;
                rows.add(
                        row(
                                policy.text(),
                                named ? objective.text() : "-",
                                workload,
                                model,
                                planner(workload, model, objective, policy)));
            }
        }
        if (compare) {
            Integer cap = workload.trace().maxWorkers();
            Scaler perTask = Baseline.workerPerTask();
            rows.add(row("worker per task", "-", workload, model, perTask));
            rows.add(row("fixed " + fixed, "-", workload, model, Baseline.fixed(fixed, cap)));
        }
        print(workload, model, rows);
        return rows.stream().allMatch(r -> r.outcome().finished()) ? 0 : 1;
    }

    private void check() {
        if (traceFile != null && spec.commandLine().getParseResult().hasMatchedPositional(0)) {
            throw wrong("give either a manifest or --trace, not both");
        }
        if (traceFile != null && manifest.policy == Policy.MANUAL) {
            throw wrong("--policy manual takes its counts from a manifest; a trace has none");
        }
        if (!(interval > 0) || Double.isInfinite(interval)) {
            throw wrong("--interval must be a number of seconds above 0");
        }
        if (fixed < 1) {
            throw wrong("--fixed must be a positive integer");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private static Workload ofTrace(Path file) throws IOException {
        Trace trace = TraceReader.read(file);
        return new Workload(trace.name(), trace, null);
    }

    private Workload ofManifest() throws IOException {
        ResolvedManifest resolved = manifest.resolve();
        String id = "simulation";
        DeploymentSpec deployment =
                resolved.deployment(
                        new DeploymentRequest(
                                id,
                                Instant.EPOCH,
                                Standalone.HOST,
                                Path.of("").toUri(),
                                manifest.objective,
                                manifest.policy));
        Trace trace =
                ManifestTrace.of(
                        deployment, resolved.submissions(id), new WorkEstimator(deployment), seed);
        if (trace.tasks().isEmpty()) {
            throw new UserException("the manifest has no tasks, so there is nothing to simulate");
        }
        return new Workload(resolved.project(), trace, deployment);
    }

    private ProviderModel model(Workload workload) throws IOException {
        DeploymentSpec own = workload.spec();
        String wanted = providerModel;
        if (wanted == null) {
            String provider = own == null ? "" : own.target().provider();
            String usual = provider.equals("aws") || provider.equals("gcp") ? "fargate" : provider;
            return ProviderModel.named(usual)
                    .orElseThrow(
                            () -> wrong("say --provider-model local, fargate, slurm or a file"));
        }
        ProviderModel known = ProviderModel.named(wanted).orElse(null);
        if (known != null) {
            return known;
        }
        Path file = Path.of(wanted);
        if (!Files.isRegularFile(file)) {
            throw wrong(
                    "'"
                            + wanted
                            + "' is no provider model; choose local, fargate, slurm or a file");
        }
        try {
            Object content =
                    new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
            return ProviderModelReader.read(wanted, Json.mapper().<JsonNode>valueToTree(content));
        } catch (YamlEngineException e) {
            throw new UserException(wanted + " is neither JSON nor YAML: " + e.getMessage());
        }
    }

    private List<Policy> policies(@Nullable DeploymentSpec own) {
        if (manifest.policy != null) {
            return List.of(manifest.policy);
        }
        if (compare) {
            return own == null ? List.of(Policy.SAFE, Policy.AGGRESSIVE) : List.of(Policy.values());
        }
        return List.of(own == null ? Policy.SAFE : own.policy());
    }

    private List<Objective> objectives(@Nullable DeploymentSpec own, Policy policy) {
        if (manifest.objective != null) {
            return List.of(manifest.objective);
        }
        if (compare && policy != Policy.MANUAL) {
            return List.of(Objective.values());
        }
        return List.of(own == null ? Objective.BALANCE : own.objective());
    }

    /**
     * A planner that drains busy workers for a manifest, as a run does; for a trace it does not.
     */
    private static Scaler planner(
            Workload workload, ProviderModel model, Objective objective, Policy policy) {
        DeploymentSpec own = workload.spec();
        DeploymentSpec simulated =
                own == null
                        ? SimulatedDeployment.of(workload.trace(), model, objective, policy, null)
                        : SimulatedDeployment.of(own, model, objective, policy);
        return new PlannedScaler(new DeploymentPlanner(simulated), own != null);
    }

    private SimulatedRow row(
            String policy,
            String objective,
            Workload workload,
            ProviderModel model,
            Scaler scaler) {
        var simulation = new Simulation(workload.trace(), model, scaler, interval, seed);
        return new SimulatedRow(policy, objective, simulation.run());
    }

    private void print(Workload workload, ProviderModel model, List<SimulatedRow> rows)
            throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Trace trace = workload.trace();
        switch (format) {
            case JSON ->
                    out.println(
                            Json.mapper()
                                    .writeValueAsString(
                                            new TreeMap<>(
                                                    Map.of(
                                                            "workload", workload.name(),
                                                            "tasks", trace.tasks().size(),
                                                            "provider_model", model.name(),
                                                            "seed", seed,
                                                            "results",
                                                                    rows.stream()
                                                                            .map(SimulatedRow::json)
                                                                            .toList()))));
            case TEXT -> {
                out.printf(
                        "%s: %d tasks, %d pools, on %s, seed %d%n%n%s%n",
                        workload.name(),
                        trace.tasks().size(),
                        trace.pools().size(),
                        model.name(),
                        seed,
                        SimulatedRow.HEADER);
                rows.forEach(row -> out.println(row.text()));
            }
        }
        out.flush();
    }
}
