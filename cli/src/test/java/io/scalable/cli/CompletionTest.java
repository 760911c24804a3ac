package io.scalable.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CompletionTest {

    @TempDir Path folder;

    @Test
    void bashCompletesCommandsVerbsOptionsAndValues() throws Exception {
        Path script = folder.resolve("completion.bash");
        Files.writeString(script, script("bash"));

        assertThat(completed(script, "ru")).contains("run", "runs");
        assertThat(completed(script, "runs", "")).contains("list", "show", "remove");
        assertThat(completed(script, "tasks", "list", "--sta")).containsExactly("--state");
        assertThat(completed(script, "runs", "list", "--format", "j")).containsExactly("json");
    }

    @Test
    void fishKnowsEveryCommandAndItsOptions() {
        assertThat(script("fish").lines())
                .contains("complete -c scalable -f")
                .anyMatch(l -> l.contains("-a runs -d 'List, show or remove runs.'"))
                .anyMatch(
                        l ->
                                l.contains("__fish_seen_subcommand_from tasks")
                                        && l.contains("-a cancel"))
                .anyMatch(l -> l.contains("-l format") && l.contains("-x -a 'text json quiet'"))
                .allMatch(l -> l.startsWith("complete -c scalable"));
    }

    private static String script(String shell) {
        var out = new StringWriter();
        CommandLine command = Main.commandLine("completion", shell);
        command.setOut(new PrintWriter(out, true));
        assertThat(command.execute("completion", shell)).isZero();
        return out.toString();
    }

    /** What bash offers after {@code words}. */
    private static List<String> completed(Path script, String... words)
            throws IOException, InterruptedException {
        var typed = new StringBuilder();
        for (String word : words) {
            typed.append(" '").append(word).append("'");
        }
        Process bash =
                new ProcessBuilder(
                                "bash",
                                "--norc",
                                "-c",
                                "source '%s'; COMP_WORDS=(scalable%s); COMP_CWORD=%d; _complete_scalable; printf '%%s\\n' \"${COMPREPLY[@]}\""
                                        .formatted(script, typed, words.length))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(said).isZero();
        return said.lines().map(String::strip).toList();
    }
}
