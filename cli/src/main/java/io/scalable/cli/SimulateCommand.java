package io.scalable.cli;

import io.scalable.client.report.ReportJson;
import io.scalable.client.run.RunFolder;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Policy;
import io.scalable.planning.DeploymentPlanner;
import io.scalable.planning.simulation.Baseline;
import io.scalable.planning.simulation.Outcome;
import io.scalable.planning.simulation.PlannedScaler;
import io.scalable.planning.simulation.ProviderModel;
import io.scalable.planning.simulation.Replay;
import io.scalable.planning.simulation.ReplayOutcome;
import io.scalable.planning.simulation.Scaler;
import io.scalable.planning.simulation.Simulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Replays tasks through the planner in virtual time. */
@Command(
        name = "simulate",
        description = {
            "Replay a manifest's tasks, a recorded run or a trace through the planner in virtual"
                    + " time; starts nothing.",
            "A recorded run without --policy, --objective and --provider-model is also decided"
                    + " anew, by what its planner was told: the status is 1 if other decisions come"
                    + " out."
        },
        footer = {
            "",
            "Examples:",
            "  scalable simulate scalable.yaml --provider-model slurm --compare",
            "  scalable simulate --run-id latest --objective 'minimize cost'",
            "  scalable simulate --trace tasks.jsonl --provider-model fargate --plot run.svg"
        })
final class SimulateCommand implements Callable<Integer> {

    /** The run that started last. */
    private static final String LATEST = "latest";

    @Mixin ManifestOptions manifest;
    @Mixin RunsOptions runs;

    @Option(
            names = "--run-id",
            paramLabel = "R",
            description = "A recorded run or 'latest', instead of a manifest.")
    @Nullable String runId;

    @Option(
            names = "--trace",
            paramLabel = "T",
            description = "A trace (JSON Lines), instead of a manifest.")
    @Nullable Path traceFile;

    @Option(
            names = "--provider-model",
            paramLabel = "M",
            description =
                    "local, fargate, slurm or a JSON or YAML file (default: by the target of the"
                            + " manifest or the run).")
    @Nullable String providerModel;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description =
                    "Seed of start delays and of a manifest's durations (default:"
                            + " ${DEFAULT-VALUE}).")
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

    @Option(
            names = "--plot",
            paramLabel = "F.svg",
            description = "Draw workers, demand and decisions over time, a panel per pool.")
    @Nullable Path plot;

    @Mixin PriceOptions prices;

    @Spec CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        check();
        RunFolder folder = runId == null ? null : runs.find(runId.equals(LATEST) ? null : runId);
        SimulatedWorkload workload = workload(folder);
        ProviderModel model = model(workload.own());
        List<SimulatedRow> rows = rows(workload, model);
        ReplayOutcome replay = folder == null || changed() ? null : replay(folder);
        var report = new SimulateReport(workload, model.name(), seed, rows, replay);
        Output.of(spec).whole(report::text, () -> ReportJson.of(report.json()), () -> "");
        boolean exact = replay == null || replay.exact();
        return exact && rows.stream().allMatch(r -> r.outcome().finished()) ? 0 : 1;
    }

    private void check() {
        List<String> sources =
                Stream.of("FILE", "--trace", "--run-id").filter(this::given).toList();
        if (sources.size() > 1) {
            throw wrong(
                    "give one of FILE, --trace and --run-id; found "
                            + String.join(" and ", sources));
        }
        boolean fromManifest = sources.isEmpty() || sources.getFirst().equals("FILE");
        for (String option : List.of("--target", "--overlay")) {
            if (!fromManifest && given(option)) {
                throw wrong(
                        option + " chooses in a manifest; leave it out with " + sources.getFirst());
            }
        }
        if (runId == null && given("--runs-dir")) {
            throw wrong("--runs-dir goes with --run-id");
        }
        if (traceFile != null && manifest.policy == Policy.MANUAL) {
            throw wrong("--policy manual takes its counts from a manifest; a trace has none");
        }
        if (compare && plot != null) {
            throw wrong("--plot draws one run; leave out --compare, or give it another time");
        }
        if (!(interval > 0) || Double.isInfinite(interval)) {
            throw wrong("--interval must be a number of seconds above 0");
        }
        if (fixed < 1) {
            throw wrong("--fixed must be a positive integer");
        }
    }

    /** True if the user wrote it: an option, or FILE. */
    private boolean given(String name) {
        var parsed = spec.commandLine().getParseResult();
        return name.equals("FILE") ? parsed.hasMatchedPositional(0) : parsed.hasMatchedOption(name);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private SimulatedWorkload workload(@Nullable RunFolder folder) throws IOException {
        if (folder != null) {
            return SimulatedWorkload.ofRun(folder);
        }
        return traceFile != null
                ? SimulatedWorkload.ofTrace(traceFile)
                : SimulatedWorkload.ofManifest(
                        manifest.resolve(), manifest.objective, manifest.policy, prices, seed);
    }

    private ProviderModel model(@Nullable DeploymentSpec own) throws IOException {
        String wanted = providerModel;
        if (wanted == null) {
            String provider = own == null ? "" : own.target().provider();
            String usual = provider.equals("aws") || provider.equals("gcp") ? "fargate" : provider;
            return ProviderModel.named(usual)
                    .orElseThrow(
                            () -> wrong("say --provider-model local, fargate, slurm or a file"));
        }
        return ProviderModelReader.find(wanted)
                .orElseThrow(
                        () ->
                                wrong(
                                        "'"
                                                + wanted
                                                + "' is no provider model; choose local, fargate,"
                                                + " slurm or a file"));
    }

    /** True if something else is wanted than what the run did. */
    private boolean changed() {
        return manifest.policy != null || manifest.objective != null || providerModel != null;
    }

    /** The run's own decisions, made once more. */
    static ReplayOutcome replay(RunFolder folder) throws IOException {
        return Replay.of(
                new DeploymentPlanner(folder.deployment()),
                folder.observations().read(),
                folder.requests().read(),
                folder.decisions().read(),
                folder.workers().read(),
                folder.info().finished());
    }

    private List<SimulatedRow> rows(SimulatedWorkload workload, ProviderModel model)
            throws IOException {
        List<SimulatedRow> rows = new ArrayList<>();
        for (Policy policy : policies(workload.own())) {
            for (Objective objective : objectives(workload.own(), policy)) {
                String named = policy == Policy.MANUAL ? "-" : objective.text();
                DeploymentSpec told = workload.deployment(model, objective, policy);
                // A run drains busy workers; those of a trace are left to end.
                boolean drains = workload.own() != null;
                Scaler scaler = PlannedScaler.of(told, model.economics(), drains);
                rows.add(row(policy.text(), named, workload, model, scaler, told));
            }
        }
        if (compare) {
            rows.add(row("worker per task", "-", workload, model, Baseline.workerPerTask(), null));
            rows.add(
                    row(
                            "fixed " + fixed,
                            "-",
                            workload,
                            model,
                            Baseline.fixed(fixed, workload.trace()),
                            null));
        }
        return rows;
    }

    private SimulatedRow row(
            String policy,
            String objective,
            SimulatedWorkload workload,
            ProviderModel model,
            Scaler scaler,
            @Nullable DeploymentSpec told)
            throws IOException {
        var simulation = new Simulation(workload.trace(), model, scaler, interval, seed);
        Outcome outcome = simulation.run();
        var price = told == null ? null : SimulatedPrice.of(told, outcome);
        var row = new SimulatedRow(policy, objective, outcome, price);
        if (plot != null) {
            String subtitle =
                    String.format(
                            "Simulated on %s, objective %s, policy %s, seed %d.",
                            model.name(), objective, policy, seed);
            Files.writeString(
                    plot,
                    SimulationPlot.of(
                            workload.title(),
                            subtitle,
                            List.copyOf(workload.trace().pools().keySet()),
                            row.outcome().makespan(),
                            simulation.samples(),
                            simulation.changes()));
        }
        return row;
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
}
