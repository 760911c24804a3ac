package io.scalable.cli;

import io.scalable.client.run.RunHistory;
import io.scalable.client.run.Runs;
import io.scalable.contracts.Ids;
import io.scalable.contracts.Json;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.manifest.DeploymentRequest;
import io.scalable.manifest.ResolvedManifest;
import io.scalable.planning.CapacityPlan;
import io.scalable.planning.CapacityPlanner;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
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

    @Option(names = "--format", description = "text or json (default: text).")
    Format format = Format.TEXT;

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
        Instant now = Instant.now();
        DeploymentSpec wanted =
                resolved.deployment(
                        new DeploymentRequest(
                                Ids.newDeploymentId(now),
                                now,
                                Standalone.HOST,
                                Path.of("").toUri(),
                                manifest.objective,
                                manifest.policy));
        var changes = new PlanChanges(wanted, tasks, expect);
        DeploymentSpec deployment = changes.apply();
        DeploymentSpec informed =
                new RunHistory(new Runs(history.toAbsolutePath().normalize()))
                        .inform(deployment, changes.expected());
        CapacityPlan plan = new CapacityPlanner().capacity(informed, now);
        if (plot != null) {
            Files.writeString(plot, FrontPlot.of(plan));
        }
        String text =
                switch (format) {
                    case JSON -> Json.mapper().writeValueAsString(plan) + "\n";
                    case TEXT -> PlanText.of(plan, explain);
                };
        if (format == Format.JSON) {
            plan.notes().forEach(spec.commandLine().getErr()::println);
            spec.commandLine().getErr().flush();
        }
        if (output != null) {
            Files.writeString(output, text);
        } else {
            PrintWriter out = spec.commandLine().getOut();
            out.print(text);
            out.flush();
        }
        return 0;
    }
}
