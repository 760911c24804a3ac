package energy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Runs the project README's main command as it stands there, and looks at what it promises. */
class ReadmeCommandIT {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Pattern COMMAND =
            Pattern.compile("(?m)^    (\\./scalable run [^#\\n]+?)\\s*(#.*)?$");

    @Test
    void theReadmesMainCommandRunsTheExample() throws Exception {
        Path chart = ROOT.resolve("examples/energy-forecast/out/fan-chart.svg");
        Files.deleteIfExists(chart);

        String output = run(command());

        assertThat(output)
                .containsPattern("  forecast: \\d+ started, \\d+ removed, \\d+ final")
                .containsPattern("  postprocess: \\d+ started, \\d+ removed, \\d+ final")
                .contains("Tasks: 454 succeeded");
        assertThat(chart).content().startsWith("<svg");
        assertThat(run(List.of("./scalable", "report", "--latest")))
                .startsWith("Workers:")
                .contains("Scaling events:");
    }

    private static List<String> command() throws IOException {
        var matcher = COMMAND.matcher(Files.readString(ROOT.resolve("README.md")));
        assertThat(matcher.find()).as("the README has a ./scalable run command").isTrue();
        return List.of(matcher.group(1).split(" "));
    }

    private static String run(List<String> command) throws Exception {
        Path output = Path.of("target/readme-command.log");
        Process process =
                new ProcessBuilder(command)
                        .directory(ROOT.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            assertThat(process.waitFor(8, TimeUnit.MINUTES)).as("%s ends", command).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String text = Files.readString(output);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
