package io.scalable.cli;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a shell needs to complete this command. */
@Command(
        name = "completion",
        description = {
            "Print a script that lets a shell complete this command by TAB.",
            "bash, zsh:  source <(scalable completion bash)",
            "fish:       scalable completion fish | source"
        })
final class CompletionCommand implements Callable<Integer> {

    /** The shells. */
    enum Shell {
        /** GNU bash. */
        BASH,
        /** Z shell, by bash's functions. */
        ZSH,
        /** The friendly interactive shell. */
        FISH;

        /** As it is written on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
    Shell shell;

    @Spec CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine all = Main.commandLine();
        String script =
                switch (shell) {
                    case BASH, ZSH -> AutoComplete.bash("scalable", all);
                    case FISH -> FishCompletion.of("scalable", all);
                };
        Output.of(spec)
                .one(
                        script.lines().toList(),
                        Map.of("shell", shell.toString(), "script", script),
                        script);
        return ExitStatus.OK;
    }
}
