package io.scalable.cli;

import io.scalable.client.inspect.DeploymentSource;
import io.scalable.client.inspect.DeploymentView;
import io.scalable.client.inspect.ScaleWish;
import io.scalable.client.run.RunState;
import io.scalable.client.run.WorkerView;
import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.scaling.ScaleRequested.Mode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
        throw new ParameterException(spec.commandLine(), "which one: list, add, remove or auto?");
    }

    @Command(name = "list", description = "List the workers that are there or on their way.")
    int list(
            @Mixin RunSelection run,
            @Option(names = "--all", description = "Those that are gone, too.") boolean all)
            throws IOException {
        try (DeploymentSource source = run.open()) {
            DeploymentView found = run.find(source);
            List<WorkerView> workers =
                    source.workers(found.id()).stream()
                            .filter(w -> all || (w.present() && found.finishedAt() == null))
                            .toList();
            Instant now = Instant.now();
            if (found.state() == RunState.INTERRUPTED) {
                new Messages(spec.commandLine().getErr())
                        .tell(
                                "the process of run %s is gone; its workers wait for it a while. Go on with it: scalable retry %s"
                                        .formatted(found.id(), found.id()));
            }
            Output.of(spec)
                    .list(
                            workers,
                            new Table<WorkerView>()
                                    .column("POOL", WorkerView::component)
                                    .column("STATE", WorkerView::state)
                                    .number(
                                            "SINCE",
                                            w -> Progress.seconds(Duration.between(w.since(), now)))
                                    .column("WORKER", WorkerView::workerId)
                                    .column("WHERE", WorkerView::detail),
                            WorkerView::workerId,
                            found.finishedAt() == null
                                    ? "no workers"
                                    : "no workers: run %s has ended; --all lists those it had"
                                            .formatted(found.id()));
        }
        return ExitStatus.OK;
    }

    @Command(
            name = "add",
            description =
                    "Ask for more workers; the planner keeps them within the target's bounds.")
    int add(
            @Mixin RunSelection run,
            @Parameters(index = "0", paramLabel = "N", description = "How many more.") int number,
            @Parameters(index = "1", paramLabel = "TAG", description = "The component or its tag.")
                    String tag)
            throws IOException {
        return scale(run, Mode.ADD, number, tag);
    }

    @Command(
            name = "remove",
            description = "Ask for fewer workers: idle ones go first, others drain.")
    int remove(
            @Mixin RunSelection run,
            @Parameters(index = "0", paramLabel = "N", description = "How many fewer.") int number,
            @Parameters(index = "1", paramLabel = "TAG", description = "The component or its tag.")
                    String tag)
            throws IOException {
        return scale(run, Mode.REMOVE, number, tag);
    }

    @Command(
            name = "auto",
            description = "Give a pool back to the planner, after its count was asked for.")
    int auto(
            @Mixin RunSelection run,
            @Parameters(index = "0", paramLabel = "TAG", description = "The component or its tag.")
                    String tag)
            throws IOException {
        return ask(run, Mode.AUTO, 0, tag);
    }

    private int scale(RunSelection run, Mode mode, int number, String tag) throws IOException {
        if (number < 1) {
            throw new UsageException("how many? Give a number above 0, found " + number);
        }
        return ask(run, mode, number, tag);
    }

    private int ask(RunSelection run, Mode mode, int number, String tag) throws IOException {
        try (DeploymentSource source = run.open()) {
            DeploymentView found = run.find(source);
            var wish = new ScaleWish(tag, mode, number, "asked for by hand", DECISION);
            return tell(source.scale(found.id(), wish));
        } catch (IllegalArgumentException e) {
            throw new UserException(String.valueOf(e.getMessage()));
        }
    }

    private int tell(Optional<ScalePlan> plan) {
        if (plan.isEmpty()) {
            throw new UserException(
                    "asked; no decision after %d s: the counts may be at their bounds, or the planner is away"
                            .formatted(DECISION.toSeconds()));
        }
        List<PoolPlan> pools = plan.get().pools();
        Output.of(spec)
                .one(
                        pools.stream()
                                .map(
                                        pool ->
                                                "%s: %d workers wanted, %s"
                                                        .formatted(
                                                                pool.component(),
                                                                pool.desired(),
                                                                pool.reason()))
                                .toList(),
                        plan.get(),
                        "");
        return ExitStatus.OK;
    }
}
