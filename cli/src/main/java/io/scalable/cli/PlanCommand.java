package io.scalable.cli;

import io.scalable.contracts.Ids;
import io.scalable.contracts.Json;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.manifest.DeploymentRequest;
import io.scalable.manifest.ResolvedManifest;
import io.scalable.planning.CapacityPlanner;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
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

    @Spec CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ResolvedManifest resolved = manifest.resolve();
        Instant now = Instant.now();
        DeploymentSpec deployment =
                resolved.deployment(
                        new DeploymentRequest(
                                Ids.newDeploymentId(now),
                                now,
                                Standalone.HOST,
                                Path.of("").toUri(),
                                manifest.objective,
                                manifest.policy));
        ScalePlan plan = new CapacityPlanner().plan(deployment, now);
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case JSON -> out.println(Json.mapper().writeValueAsString(plan));
            case TEXT -> print(out, deployment, plan);
        }
        out.flush();
        return 0;
    }

    private static void print(PrintWriter out, DeploymentSpec deployment, ScalePlan plan) {
        out.printf(
                "Target %s (%s), objective %s, policy %s%n",
                deployment.target().name(),
                deployment.target().provider(),
                deployment.objective().text(),
                deployment.policy().text());
        for (PoolPlan pool : plan.pools()) {
            out.printf(
                    "  %s: %d worker%s (%s; bound by %s)%n",
                    pool.component(),
                    pool.desired(),
                    pool.desired() == 1 ? "" : "s",
                    pool.reason(),
                    pool.bindingConstraint());
        }
        Double seconds = plan.predictedCompletionSeconds();
        if (seconds != null) {
            out.printf(Locale.ROOT, "Predicted completion: %.0f s%n", seconds);
        }
    }
}
