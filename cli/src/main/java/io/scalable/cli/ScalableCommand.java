package io.scalable.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The root: prints its usage. */
@Command(
        name = "scalable",
        description =
                "Event-driven autoscaling of scientific work, from a laptop to a cluster to the"
                        + " cloud.",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            PlanCommand.class,
            ValidateCommand.class,
            ReportCommand.class,
            WhyCommand.class,
            DecideCommand.class,
            SimulateCommand.class,
            WorkersCommand.class,
            DoctorCommand.class,
            SweepCommand.class,
            UpCommand.class,
            DownCommand.class,
            DeployCommand.class,
            UndeployCommand.class,
            ProviderCommand.class,
            DeadLettersCommand.class,
            SchemasCommand.class,
            ControlPlaneCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  scalable run examples/energy-forecast/scalable.yaml",
            "  scalable report --latest",
            "",
            "Exit status: 0 all is well, 1 something failed or was refused, 2 the command line is",
            "wrong: an unknown option, a value that cannot be, a file that cannot be read."
        })
final class ScalableCommand implements Runnable {

    @Spec CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
