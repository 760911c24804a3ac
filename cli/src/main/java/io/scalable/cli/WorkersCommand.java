package io.scalable.cli;

import io.scalable.client.run.Deployments;
import io.scalable.client.run.RunBroker;
import io.scalable.client.run.RunFolder;
import io.scalable.client.run.WorkerView;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.scaling.ScaleRequested.Mode;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The workers of a run or a deployment that is under way. */
@Command(
        name = "workers",
        description = "List the workers of a run that goes on, or ask for more or fewer.",
        synopsisSubcommandLabel = "COMMAND")
final class WorkersCommand implements Runnable {

    private static final Duration DECISION = Duration.ofSeconds(10);

    @Spec CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which one: list, add or remove?");
    }

    /**
     * A deployment that lives on brokers.
     *
     * @param id null for the only one
     */
    static DeploymentSpec living(Deployments deployments, @Nullable String id) {
        Map<String, DeploymentSpec> living = deployments.living();
        String wanted = id == null && living.size() == 1 ? living.keySet().iterator().next() : id;
        DeploymentSpec found = wanted == null ? null : living.get(wanted);
        if (found == null) {
            throw new UserException(
                    (wanted == null ? "name one with --run-id" : "no deployment '" + wanted + "'")
                            + "; "
                            + (living.isEmpty()
                                    ? "none lives there"
                                    : "these live there: " + String.join(", ", living.keySet())));
        }
        return found;
    }

    /** Where a deployment is found: a run of this folder, or on brokers. */
    static final class Place {

        @Mixin RunsOptions runs;
        @Mixin BrokerOptions brokers;

        @Option(
                names = "--run-id",
                paramLabel = "R",
                description =
                        "The run, or with --bootstrap the deployment (default: the run that started"
                                + " last).")
        @Nullable String runId;

        Deployments deployments() throws IOException {
            return brokers.given()
                    ? brokers.deployments()
                    : new Deployments(broker().kafka(), BrokerOptions.PATIENCE);
        }

        DeploymentSpec deployment(Deployments deployments) throws IOException {
            if (!brokers.given()) {
                return runs.find(runId).deployment();
            }
            return living(deployments, runId);
        }

        private RunBroker broker() throws IOException {
            RunFolder folder = runs.find(runId);
            Optional<RunBroker> broker = folder.broker();
            if (broker.isEmpty()) {
                throw new UserException(
                        "run " + folder.info().id() + " has ended; its workers are gone");
            }
            if (!folder.isDriven()) {
                throw new UserException(
                        "the process of run "
                                + folder.info().id()
                                + " is gone; go on with it: scalable run --resume "
                                + folder.info().id());
            }
            return broker.get();
        }
    }

    @Command(name = "list", description = "List the workers that are there or on their way.")
    int list(
            @Mixin Place place,
            @Option(names = "--all", description = "Those that are gone, too.") boolean all)
            throws IOException {
        Deployments deployments = place.deployments();
        PrintWriter out = spec.commandLine().getOut();
        List<WorkerView> workers =
                deployments.workers(place.deployment(deployments).deploymentId()).stream()
                        .filter(worker -> all || worker.present())
                        .toList();
        int wide = workers.stream().mapToInt(w -> w.workerId().length()).max().orElse(0);
        for (WorkerView worker : workers) {
            out.println(
                    "%-12s  %-9s  %6s  %s  %s"
                            .formatted(
                                    worker.component(),
                                    worker.state(),
                                    Progress.seconds(
                                            Duration.between(worker.since(), Instant.now())),
                                    ("%-" + wide + "s").formatted(worker.workerId()),
                                    worker.detail())
                            .stripTrailing());
        }
        if (workers.isEmpty()) {
            out.println("no workers");
        }
        out.flush();
        return 0;
    }

    @Command(
            name = "add",
            description =
                    "Ask for more workers; the planner keeps them within the target's bounds.")
    int add(
            @Mixin Place place,
            @Parameters(index = "0", paramLabel = "N", description = "How many more.") int number,
            @Parameters(index = "1", paramLabel = "TAG", description = "The component or its tag.")
                    String tag)
            throws IOException {
        return scale(place, Mode.ADD, number, tag);
    }

    @Command(
            name = "remove",
            description = "Ask for fewer workers: idle ones go first, others drain.")
    int remove(
            @Mixin Place place,
            @Parameters(index = "0", paramLabel = "N", description = "How many fewer.") int number,
            @Parameters(index = "1", paramLabel = "TAG", description = "The component or its tag.")
                    String tag)
            throws IOException {
        return scale(place, Mode.REMOVE, number, tag);
    }

    private int scale(Place place, Mode mode, int number, String tag) throws IOException {
        if (number < 1) {
            throw new UsageException("how many? Give a number above 0, found " + number);
        }
        Deployments deployments = place.deployments();
        DeploymentSpec deployment = place.deployment(deployments);
        Optional<ScalePlan> plan;
        try {
            plan = deployments.scale(deployment, tag, mode, number, "asked for by hand", DECISION);
        } catch (IllegalArgumentException e) {
            throw new UserException(String.valueOf(e.getMessage()));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (plan.isEmpty()) {
            out.println(
                    "asked; no decision after %d s: the counts may be at their bounds, or the"
                                    .formatted(DECISION.toSeconds())
                            + " planner is away");
            out.flush();
            return 1;
        }
        for (PoolPlan pool : plan.get().pools()) {
            out.println(
                    "%s: %d workers wanted, %s"
                            .formatted(pool.component(), pool.desired(), pool.reason()));
        }
        out.flush();
        return 0;
    }
}
