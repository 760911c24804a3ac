package io.scalable.client;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the jar with the standalone control plane. */
final class ScalableJar {

    private static final Path BUILT = Path.of("cli", "target", "scalable.jar");

    private ScalableJar() {}

    /** The jar of this program's surroundings; see {@link #find}. */
    static Path find() {
        return find(System.getProperty("scalable.jar"), System.getenv(), Path.of(""));
    }

    /**
     * The first that is there of: the system property, SCALABLE_JAR, the jar below SCALABLE_HOME,
     * the jar below the working directory or a folder above it.
     *
     * @throws IllegalStateException if none is; the message says where it was looked for
     */
    static Path find(@Nullable String property, Map<String, String> env, Path workingDirectory) {
        var looked = new ArrayList<String>();
        for (Path candidate : candidates(property, env, workingDirectory)) {
            if (Files.isRegularFile(candidate)) {
                return candidate;
            }
            looked.add(candidate.toString());
        }
        throw new IllegalStateException(
                "cannot find scalable.jar, which runs the control plane; build it with './scalable"
                        + " --version' and set SCALABLE_HOME to that folder, or set SCALABLE_JAR to"
                        + " the jar (looked at "
                        + String.join(", ", looked)
                        + ")");
    }

    private static List<Path> candidates(
            @Nullable String property, Map<String, String> env, Path workingDirectory) {
        var out = new ArrayList<Path>();
        Optional.ofNullable(property).map(Path::of).ifPresent(out::add);
        Optional.ofNullable(env.get("SCALABLE_JAR")).map(Path::of).ifPresent(out::add);
        Optional.ofNullable(env.get("SCALABLE_HOME"))
                .map(home -> Path.of(home).resolve(BUILT))
                .ifPresent(out::add);
        Path folder = workingDirectory.toAbsolutePath().normalize();
        while (folder != null) {
            out.add(folder.resolve(BUILT));
            folder = folder.getParent();
        }
        return out;
    }
}
