package io.scalable.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Makes a completion script for fish from a command line. Pure. */
final class FishCompletion {

    private final List<String> lines = new ArrayList<>();
    private final String program;

    private FishCompletion(String program) {
        this.program = program;
    }

    static String of(String program, CommandLine root) {
        var script = new FishCompletion(program);
        script.lines.add("complete -c " + program + " -f");
        script.level(root, List.of());
        return String.join("\n", script.lines) + "\n";
    }

    private void level(CommandLine command, List<String> path) {
        Map<String, CommandLine> below = command.getSubcommands();
        for (Map.Entry<String, CommandLine> sub : below.entrySet()) {
            complete(
                    path,
                    below,
                    "-a " + sub.getKey() + " -d " + quoted(description(sub.getValue())));
        }
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (!option.hidden()) {
                complete(path, Map.of(), option(option));
            }
        }
        for (Map.Entry<String, CommandLine> sub : below.entrySet()) {
            var deeper = new ArrayList<>(path);
            deeper.add(sub.getKey());
            level(sub.getValue(), deeper);
        }
    }

    /** Offered once all words of {@code path} stand there, and none of {@code unless}. */
    private void complete(List<String> path, Map<String, ?> unless, String what) {
        var condition = new StringBuilder();
        path.forEach(word -> and(condition, "__fish_seen_subcommand_from " + word));
        if (!unless.isEmpty()) {
            and(condition, "not __fish_seen_subcommand_from " + String.join(" ", unless.keySet()));
        }
        String when = condition.isEmpty() ? "" : " -n " + quoted(condition.toString());
        lines.add("complete -c " + program + when + " " + what);
    }

    private static void and(StringBuilder condition, String term) {
        condition.append(condition.isEmpty() ? "" : "; and ").append(term);
    }

    private static String option(OptionSpec option) {
        var text = new StringBuilder();
        for (String name : option.names()) {
            text.append(text.isEmpty() ? "" : " ")
                    .append(name.startsWith("--") ? "-l " : "-s ")
                    .append(name.replaceAll("^-+", ""));
        }
        if (option.arity().max() > 0) {
            text.append(
                    option.completionCandidates() == null ? " -r -F" : " -x -a " + values(option));
        }
        String[] said = option.description();
        return text + (said.length == 0 ? "" : " -d " + quoted(firstSentence(said[0])));
    }

    private static String values(OptionSpec option) {
        return quoted(
                String.join(
                        " ",
                        StreamSupport.stream(option.completionCandidates().spliterator(), false)
                                .toList()));
    }

    private static String description(CommandLine command) {
        String[] said = command.getCommandSpec().usageMessage().description();
        return said.length == 0 ? "" : firstSentence(said[0]);
    }

    private static String firstSentence(String text) {
        String resolved = text.replaceAll("\\$\\{[^}]*}", "...");
        int end = resolved.indexOf(". ");
        return end < 0 ? resolved : resolved.substring(0, end);
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
