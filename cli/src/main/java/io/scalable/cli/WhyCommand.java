package io.scalable.cli;

import static java.util.Objects.requireNonNull;

import io.scalable.client.run.Decision;
import io.scalable.client.run.DeploymentCondition;
import io.scalable.client.run.RunFolder;
import io.scalable.contracts.Json;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.manifest.Nearest;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells why a pool had as many workers as it had. */
@Command(
        name = "why",
        description = {
            "Show every decision on a pool's workers in a run, with its reasons.",
            "With --bootstrap: why a pool of a deployment on services has the workers that it has."
        })
final class WhyCommand implements Callable<Integer> {

    /** A decision and what the plan that carries it rests on. */
    private record Reasoned(Decision decision, ScalePlan plan) {}

    @Parameters(paramLabel = "POOL", description = "The component whose pool it is.")
    String pool;

    @Mixin RunsOptions runs;

    @Mixin BrokerOptions brokers;

    @Option(
            names = "--run-id",
            paramLabel = "R",
            description = "The run, or with --bootstrap the deployment (default: the latest run).")
    @Nullable String runId;

    @Option(names = "--format", description = "text or json lines (default: text).")
    Format format = Format.TEXT;

    @Spec CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        return brokers.given() ? onServices() : ofRun();
    }

    private int onServices() throws IOException {
        DeploymentSpec deployment = WorkersCommand.living(brokers.deployments(), runId);
        checkPool(deployment);
        var condition = DeploymentCondition.of(brokers.kafka(), deployment, BrokerOptions.PATIENCE);
        PrintWriter out = spec.commandLine().getOut();
        ConditionText.of(deployment, pool, condition).forEach(out::println);
        out.flush();
        return 0;
    }

    private void checkPool(DeploymentSpec deployment) {
        List<String> pools = deployment.components().stream().map(c -> c.name()).toList();
        if (!pools.contains(pool)) {
            List<String> nearest = Nearest.closest(pool, pools, 1);
            throw new UserException(
                    "run "
                            + deployment.deploymentId()
                            + " has no pool '"
                            + pool
                            + "'; "
                            + (nearest.isEmpty()
                                    ? "it has " + String.join(", ", pools)
                                    : "nearest: " + nearest.getFirst()));
        }
    }

    private int ofRun() throws IOException {
        RunFolder run = runs.find(runId);
        checkPool(run.deployment());
        PrintWriter out = spec.commandLine().getOut();
        List<Reasoned> decisions = decisions(run);
        for (Reasoned reasoned : decisions) {
            out.println(
                    switch (format) {
                        case TEXT -> text(reasoned);
                        case JSON -> json(reasoned);
                    });
        }
        if (decisions.isEmpty() && format == Format.TEXT) {
            out.println("Pool " + pool + " never had a worker planned in this run.");
        }
        out.flush();
        return 0;
    }

    private List<Reasoned> decisions(RunFolder run) throws IOException {
        List<ScalePlan> plans = run.decisions().read();
        var byGeneration =
                plans.stream()
                        .collect(
                                Collectors.toMap(
                                        ScalePlan::generation,
                                        Function.identity(),
                                        (first, repeated) -> first));
        return Decision.changes(plans, run.info().started()).stream()
                .filter(d -> d.pool().equals(pool))
                .map(d -> new Reasoned(d, requireNonNull(byGeneration.get(d.generation()))))
                .toList();
    }

    private static String text(Reasoned reasoned) {
        Decision d = reasoned.decision();
        Double done = reasoned.plan().expectedSeconds();
        return String.format(
                Locale.ROOT,
                "%8.1f s  %d -> %d workers: %s%n" + "            bound by %s; confidence %.2f%s",
                d.atSeconds(),
                d.from(),
                d.to(),
                d.reason(),
                d.bindingConstraint(),
                reasoned.plan().confidence(),
                done == null ? "" : String.format(Locale.ROOT, "; done in %.1f s from then", done));
    }

    private static String json(Reasoned reasoned) {
        Decision d = reasoned.decision();
        return Json.mapper()
                .createObjectNode()
                .put("at_s", d.atSeconds())
                .put("generation", d.generation())
                .put("pool", d.pool())
                .put("from", d.from())
                .put("to", d.to())
                .put("reason", d.reason())
                .put("binding_constraint", d.bindingConstraint())
                .put("confidence", reasoned.plan().confidence())
                .put("predicted_completion_s", reasoned.plan().predictedCompletionSeconds())
                .toString();
    }
}
