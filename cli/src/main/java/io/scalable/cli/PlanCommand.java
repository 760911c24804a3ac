package io.scalable.cli;

import io.scalable.client.NoSuchTaskException;
import io.scalable.client.PlanOptions;
import io.scalable.client.RunPlan;
import io.scalable.client.RunPlanner;
import io.scalable.client.UnpricedException;
import io.scalable.client.run.Runs;
import io.scalable.manifest.Durations;
import io.scalable.manifest.ResolvedManifest;
import io.scalable.planning.CapacityPlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what a run would start with; starts nothing. */
@Command(
        name = "plan",
        description = "Show how many workers of each component a run would start with.")
final class PlanCommand implements Callable<Integer> {

    @Mixin ManifestOptions manifest;
    @Mixin PriceOptions prices;

    @Option(
            names = "--tasks",
            arity = "1..*",
            paramLabel = "NAME=N",
            description = "Plan for N tasks of this name, or of the component with one task.")
    @Nullable Map<String, Integer> tasks;

    @Option(
            names = "--expect",
            arity = "1..*",
            paramLabel = "NAME=D",
            description = "One such task takes D, such as 90s; goes before history.")
    @Nullable Map<String, String> expect;

    @Option(
            names = "--history",
            paramLabel = "DIR",
            defaultValue = ".scalable/runs",
            description = "Folder of the runs to learn from (default: ${DEFAULT-VALUE}).")
    Path history;

    @Option(names = "--dry-run", description = "Start nothing; planning never does.")
    boolean dryRun;

    @Option(names = "--explain", description = "Show the choices and what durations rest on.")
    boolean explain;

    @Option(
            names = "--show-scripts",
            description = "For a Slurm target: print the job scripts that a run would submit.")
    boolean showScripts;

    @Option(names = "--output", paramLabel = "F", description = "Write the plan to F.")
    @Nullable Path output;

    @Option(
            names = "--plot",
            paramLabel = "F.svg",
            description = "Draw the choices, completion against cost, to F.svg.")
    @Nullable Path plot;

    @Spec CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ResolvedManifest resolved = manifest.resolve();
        RunPlan planned = planned(resolved);
        CapacityPlan plan = planned.report();
        manifest.warn(planned.warnings());
        if (plot != null) {
            Files.writeString(plot, FrontPlot.of(plan));
        }
        if (showScripts) {
            scripts(resolved, planned);
            return 0;
        }
        Output said = Output.of(spec);
        if (!said.isText()) {
            plan.notes().forEach(spec.commandLine().getErr()::println);
            spec.commandLine().getErr().flush();
        }
        if (output == null) {
            print(said, planned);
        } else {
            var whole = new StringWriter();
            print(new Output(said.format(), new PrintWriter(whole)), planned);
            Files.writeString(output, whole.toString());
        }
        return 0;
    }

    private void print(Output to, RunPlan planned) {
        to.whole(
                () -> PlanText.of(planned, explain),
                planned::toJson,
                () ->
                        planned.scalePlan().entrySet().stream()
                                .map(pool -> pool.getKey() + "=" + pool.getValue().count() + "\n")
                                .collect(Collectors.joining()));
    }

    private void scripts(ResolvedManifest resolved, RunPlan planned) {
        if (!resolved.provider().equals("slurm")) {
            throw new UsageException(
                    "--show-scripts: target '%s' has provider '%s'; only Slurm targets submit job scripts"
                            .formatted(resolved.targetName(), resolved.provider()));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(JobScripts.of(resolved, planned, history.toAbsolutePath().normalize()));
        out.flush();
    }

    private RunPlan planned(ResolvedManifest resolved) throws IOException {
        try {
            var runs = new Runs(history.toAbsolutePath().normalize());
            return new RunPlanner(runs, prices.prices()).plan(resolved, wanted(), Instant.now());
        } catch (NoSuchTaskException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        } catch (UnpricedException e) {
            throw new UserException(String.valueOf(e.getMessage()));
        }
    }

    private PlanOptions wanted() {
        var numbers = new LinkedHashMap<String, Integer>();
        var seconds = new LinkedHashMap<String, Double>();
        if (tasks != null) {
            tasks.forEach((name, n) -> numbers.put(name, number(name, n)));
        }
        if (expect != null) {
            expect.forEach((name, text) -> seconds.put(name, seconds(name, text)));
        }
        return new PlanOptions(manifest.objective, manifest.policy, numbers, seconds);
    }

    private static int number(String name, int n) {
        if (n < 0) {
            throw new UsageException("--tasks " + name + "=" + n + ": give 0 or more");
        }
        return n;
    }

    private static double seconds(String name, String text) {
        Double seconds = Durations.seconds(text);
        if (seconds == null) {
            throw new UsageException(
                    "--expect " + name + "=" + text + ": give " + Durations.WANTED);
        }
        return seconds;
    }
}
