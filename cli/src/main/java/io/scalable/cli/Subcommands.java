package io.scalable.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;

/**
 * What {@link ScalableCommand} can do. A command line knows only the subcommand that is called,
 * where it is clear which: to make all of them, by reflection, takes longer than many of them run.
 */
final class Subcommands {

    private static final List<Subcommand> ALL =
            List.of(
                    new Subcommand("run", RunCommand.class),
                    new Subcommand("plan", PlanCommand.class),
                    new Subcommand("validate", ValidateCommand.class),
                    new Subcommand("report", ReportCommand.class),
                    new Subcommand("why", WhyCommand.class),
                    new Subcommand("runs", RunsCommand.class),
                    new Subcommand("tasks", TasksCommand.class),
                    new Subcommand("logs", LogsCommand.class),
                    new Subcommand("cancel", CancelCommand.class),
                    new Subcommand("retry", RetryCommand.class),
                    new Subcommand("deployments", DeploymentsCommand.class),
                    new Subcommand("decide", DecideCommand.class),
                    new Subcommand("simulate", SimulateCommand.class),
                    new Subcommand("workers", WorkersCommand.class),
                    new Subcommand("doctor", DoctorCommand.class),
                    new Subcommand("sweep", SweepCommand.class),
                    new Subcommand("up", UpCommand.class),
                    new Subcommand("down", DownCommand.class),
                    new Subcommand("deploy", DeployCommand.class),
                    new Subcommand("undeploy", UndeployCommand.class),
                    new Subcommand("provider", ProviderCommand.class),
                    new Subcommand("dead-letters", DeadLettersCommand.class),
                    new Subcommand("schemas", SchemasCommand.class),
                    new Subcommand("completion", CompletionCommand.class),
                    new Subcommand("control-plane", ControlPlaneCommand.class));

    private Subcommands() {}

    /**
     * A command and its name, which its annotation says, too.
     *
     * @param type has picocli's annotations
     */
    private record Subcommand(String name, Class<?> type) {}

    /**
     * Adds to {@code root} what {@code args} need: one subcommand, none for the version, or all.
     */
    static void add(CommandLine root, String... args) {
        String first = args.length == 0 ? "" : args[0];
        if (first.equals("--version") || first.equals("-V")) {
            return;
        }
        List<Subcommand> called = ALL.stream().filter(s -> s.name().equals(first)).toList();
        if (called.isEmpty()) {
            ALL.forEach(s -> root.addSubcommand(s.name(), s.type()));
            root.addSubcommand("help", HelpCommand.class);
        } else {
            called.forEach(s -> root.addSubcommand(s.name(), s.type()));
        }
    }
}
