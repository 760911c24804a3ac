package io.scalable.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.manifest.Manifests;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tutorial does what it says: its manifest is valid, its program is compiled and run as a user
 * would, against the packaged control plane. What needs a cluster or a cloud is only compiled.
 */
@Timeout(120)
class TutorialIT {

    private static final int PATIENCE_SECONDS = 90;
    private static final Path PAGE = Path.of("../docs/tutorial.md").toAbsolutePath();
    private static final Pattern BLOCK =
            Pattern.compile(
                    "^```(yaml|java|java cluster)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    private static final String PROGRAM =
            """
            import static io.scalable.client.TaskOption.*;

            import io.scalable.client.*;
            import io.scalable.contracts.deployment.*;
            import io.scalable.planning.*;
            import java.util.*;

            public final class Tutorial {
                public static void main(String[] args) throws Exception {
            %s
                }

                static void elsewhere(List<Crops.Scenario> scenarios) throws Exception {
            %s
                }
            }
            """;

    @TempDir Path folder;

    private record Block(String kind, String text) {}

    @Test
    void thePageDoesWhatItSays() throws Exception {
        List<Block> blocks =
                BLOCK.matcher(Files.readString(PAGE))
                        .results()
                        .map(found -> new Block(found.group(1), found.group(2)))
                        .toList();
        Path manifest = Files.writeString(folder.resolve("scalable.yaml"), first(blocks, "yaml"));
        assertThat(Manifests.load(manifest, Map.of()).problems()).isEmpty();
        compile(blocks);

        String said = run();

        assertThat(said)
                .containsPattern("Scale plan: \\{demeter=\\d x \\(cpus=1, memory=256M\\)")
                .containsSubsequence(
                        "Yield of west: 300.0", "Yield of east: 400.0", "Yield of west: 500.0")
                .containsPattern("minimize cost: \\d+ workers of demeter")
                .containsPattern("minimize time: \\d+ workers of demeter")
                .contains("Reason: demeter: 4 tasks for ")
                .contains("Total of north: 4030.0")
                .containsPattern("(?m)^\\[.+Z\\] \\+\\{.*postprocess=1");
        assertThat(command("report", "--latest"))
                .containsPattern("(?s)^Workers:\n  demeter: \\d+ started")
                .contains("Scaling events: ");
        assertThat(command("why", "postprocess")).contains("asked for: 1");
        assertThat(command("tasks", "list", "--task", "total")).contains("succeeded");
    }

    private static String first(List<Block> blocks, String kind) {
        return blocks.stream().filter(b -> b.kind().equals(kind)).findFirst().orElseThrow().text();
    }

    /** The first block of Java is the tasks' class; the others are its program, step by step. */
    private void compile(List<Block> blocks) throws IOException {
        List<Block> steps = blocks.stream().filter(b -> b.kind().startsWith("java")).toList();
        Files.writeString(folder.resolve("Crops.java"), steps.getFirst().text());
        String program =
                PROGRAM.formatted(
                        body(steps.subList(1, steps.size()), "java"),
                        body(steps.subList(1, steps.size()), "java cluster"));
        Path file =
                Files.writeString(
                        folder.resolve("Tutorial.java"),
                        // The page calls the records of its class by their short names.
                        program.replaceAll("(?<![.\\w\"])(Scenario|Yield)(?=[ (>])", "Crops.$1"));
        var errors = new StringWriter();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled =
                    compiler.getTask(
                                    errors,
                                    files,
                                    null,
                                    List.of("-d", folder.toString(), "-proc:none"),
                                    null,
                                    files.getJavaFileObjects(folder.resolve("Crops.java"), file))
                            .call();
            assertThat(compiled).as(errors + "\n" + program).isTrue();
        }
    }

    private static String body(List<Block> steps, String kind) {
        return steps.stream()
                .filter(step -> step.kind().equals(kind))
                .map(Block::text)
                .collect(Collectors.joining("\n"));
    }

    private String run() throws IOException, InterruptedException {
        PackagedCommand.prepare();
        return said(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dscalable.jar=" + PackagedCommand.jar(),
                        "-cp",
                        folder + ":" + System.getProperty("java.class.path"),
                        "Tutorial"));
    }

    private String command(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(PackagedCommand.java());
        command.addAll(List.of(arguments));
        return said(command);
    }

    private String said(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "said-", ".txt");
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        String said = Files.readString(output);
        assertThat(ended).as(said).isTrue();
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
