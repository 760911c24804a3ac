package io.scalable.cli;

import io.scalable.client.inspect.DeploymentSource;
import io.scalable.client.inspect.DeploymentView;
import io.scalable.client.inspect.RunFolderSource;
import io.scalable.client.run.RunFolder;
import io.scalable.client.run.RunInfo;
import io.scalable.client.run.RunState;
import io.scalable.contracts.storage.Storages;
import io.scalable.contracts.task.TaskState;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The runs that there are. */
@Command(
        name = "runs",
        description = "List, show or remove runs.",
        synopsisSubcommandLabel = "(list | show | remove)")
final class RunsCommand implements Runnable {

    @Spec CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which one: list, show or remove?");
    }

    @Command(name = "list", description = "List runs, newest first.")
    int list(
            @Mixin SourceOptions sources,
            @Option(
                            names = "--state",
                            paramLabel = "S",
                            split = ",",
                            description = "Only those: ${COMPLETION-CANDIDATES}.")
                    RunState @Nullable [] states,
            @Option(names = "--limit", paramLabel = "N", description = "At most so many.")
                    @Nullable Integer limit)
            throws IOException {
        try (DeploymentSource source = sources.open()) {
            List<DeploymentView> runs =
                    source.list().reversed().stream()
                            .filter(r -> states == null || List.of(states).contains(r.state()))
                            .limit(limit == null ? Integer.MAX_VALUE : limit)
                            .toList();
            Output.of(spec)
                    .list(runs, RunTable.of(Instant.now()), DeploymentView::id, "no runs there");
        }
        return ExitStatus.OK;
    }

    @Command(name = "show", description = "Show one run; report says more.")
    int show(
            @Mixin SourceOptions sources,
            @Parameters(
                            arity = "0..1",
                            paramLabel = "RUN",
                            description = "Its id (default: the run that started last).")
                    @Nullable String id)
            throws IOException {
        try (DeploymentSource source = sources.open()) {
            DeploymentView run = counted(source, sources.find(source, id));
            Output.of(spec).one(RunTable.details(run, Instant.now()), run, run.id());
        }
        return ExitStatus.OK;
    }

    /** A run that goes on has not been counted by anybody. */
    static DeploymentView counted(DeploymentSource source, DeploymentView run) throws IOException {
        if (!run.tasks().isEmpty()) {
            return run;
        }
        var counts = new EnumMap<TaskState, Integer>(TaskState.class);
        source.tasks(run.id()).forEach(task -> counts.merge(task.state(), 1, Integer::sum));
        return run.withTasks(counts);
    }

    @Command(
            name = "remove",
            description = {
                "Remove runs with all that is kept of them, their results and logs as well.",
                "What did not succeed could be gone on with, and is removed only with --force."
            })
    int remove(
            @Mixin RunsOptions folder,
            @Parameters(arity = "1..*", paramLabel = "RUN", description = "Their ids.")
                    String[] ids,
            @Option(names = "--force", description = "Although they did not succeed.")
                    boolean force)
            throws IOException {
        var removed = new ArrayList<String>();
        for (String id : Arrays.stream(ids).distinct().toList()) {
            RunFolder run = folder.find(id);
            check(run, force, folder);
            removed.add(id);
        }
        var views = new RunFolderSource(folder.runs(), BrokerOptions.PATIENCE);
        for (String id : removed) {
            List<URI> storages = views.find(id).orElseThrow().storages();
            for (URI storage : storages.stream().sorted(Comparator.reverseOrder()).toList()) {
                deleteIfOwn(id, storage);
            }
            DataDirs.delete(folder.find(id).path());
        }
        Output.of(spec)
                .one(
                        removed.stream().map(id -> "removed " + id).toList(),
                        Map.of("removed", removed),
                        String.join("\n", removed));
        return ExitStatus.OK;
    }

    private static void check(RunFolder run, boolean force, RunsOptions folder) throws IOException {
        RunInfo info = run.info();
        run.driver()
                .ifPresent(
                        who -> {
                            throw new UserException(
                                    "run "
                                            + info.id()
                                            + " goes on in "
                                            + who
                                            + "; cancel it first");
                        });
        if (info.state() != RunState.SUCCEEDED && !force) {
            throw new UserException(
                    "run %s did not succeed and can be gone on with: scalable retry %s%s; --force removes it"
                            .formatted(info.id(), info.id(), folder.again()));
        }
    }

    /** A storage that does not bear the run's name may hold what others need. */
    private static void deleteIfOwn(String id, URI storage) throws IOException {
        if (storage.toString().contains("/" + id + "/")) {
            Storages.here().of(storage).deleteAll(storage);
        }
    }
}
