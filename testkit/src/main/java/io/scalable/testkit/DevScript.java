package io.scalable.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The scripts in {@code dev} that fetch or make what tests need. */
public final class DevScript {

    private DevScript() {}

    /**
     * What script {@code name} prints; its complaints go to standard error.
     *
     * @return empty if it failed: what it makes cannot be had here
     */
    public static Optional<String> run(String name, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(find(name).toString()));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (var out = process.getInputStream()) {
            String printed = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? Optional.of(printed) : Optional.empty();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while dev/" + name + " ran", e);
        }
    }

    /** The script, looked for upwards from where the test runs. */
    public static Path find(String name) {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null) {
            Path script = folder.resolve("dev").resolve(name);
            if (Files.isExecutable(script)) {
                return script;
            }
            folder = folder.getParent();
        }
        throw new IllegalStateException("there is no dev/" + name + " above this folder");
    }
}
