package io.scalable.cli;

import io.scalable.client.inspect.DeploymentSource;
import io.scalable.client.inspect.DeploymentView;
import io.scalable.client.run.DeploymentCondition;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What lives: runs that go on, and deployments that wait for tasks. */
@Command(
        name = "deployments",
        description = "List or show the deployments that live; runs that go on are among them.",
        synopsisSubcommandLabel = "(list | show)")
final class DeploymentsCommand implements Runnable {

    @Spec CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which one: list or show?");
    }

    @Command(name = "list", description = "List them, newest first.")
    int list(
            @Mixin SourceOptions sources,
            @Option(names = "--all", description = "Those that have ended, too.") boolean all)
            throws IOException {
        try (DeploymentSource source = sources.open()) {
            List<DeploymentView> living =
                    source.list().reversed().stream().filter(d -> all || d.lives()).toList();
            Output.of(spec)
                    .list(
                            living,
                            RunTable.of(Instant.now()),
                            DeploymentView::id,
                            "no deployments there");
        }
        return ExitStatus.OK;
    }

    /** As programs read it. */
    private record Shown(DeploymentView deployment, @Nullable DeploymentCondition condition) {}

    @Command(name = "show", description = "Show one, and how its pools fare.")
    int show(
            @Mixin SourceOptions sources,
            @Parameters(
                            arity = "0..1",
                            paramLabel = "ID",
                            description = "Its id (default: the one that started last).")
                    @Nullable String id)
            throws IOException {
        try (DeploymentSource source = sources.open()) {
            DeploymentView found = RunsCommand.counted(source, sources.find(source, id));
            Optional<DeploymentCondition> condition = source.condition(found.id());
            var lines = new ArrayList<>(RunTable.details(found, Instant.now()));
            if (condition.isPresent()) {
                lines.addAll(ConditionText.of(found, condition.get()));
                for (String pool : found.pools()) {
                    lines.add(pool + ": " + ConditionText.wanted(pool, condition.get()));
                }
            }
            Output.of(spec).one(lines, new Shown(found, condition.orElse(null)), found.id());
        }
        return ExitStatus.OK;
    }
}
