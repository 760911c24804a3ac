package io.scalable.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The root: prints its usage. What it can do is in {@link Subcommands}. */
@Command(
        name = "scalable",
        description =
                "Event-driven autoscaling of scientific work, from a laptop to a cluster to the"
                        + " cloud.",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  scalable run examples/energy-forecast/scalable.yaml",
            "  scalable report --latest",
            "",
            "Exit status: 0 all is well, 1 something failed or was refused, 2 the command",
            "line is wrong: an unknown option, a value that cannot be, a file that cannot",
            "be read."
        })
final class ScalableCommand implements Runnable {

    @Option(
            names = "--format",
            paramLabel = "F",
            scope = CommandLine.ScopeType.INHERIT,
            description =
                    "How results are printed: text, json for programs, quiet for shells (default:"
                            + " text).")
    Format format = Format.TEXT;

    @Spec CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
