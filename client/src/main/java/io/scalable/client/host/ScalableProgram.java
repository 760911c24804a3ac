package io.scalable.client.host;

import io.scalable.contracts.JvmOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the command's jar is started on the Java that runs this program. */
public final class ScalableProgram {

    private ScalableProgram() {}

    /**
     * The words that run {@code jar} with {@code arguments}, with the start-up cache beside the jar
     * where there is one that is no older.
     */
    public static List<String> of(Path jar, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Path cache = jar.resolveSibling("scalable.aot");
        if (isUsable(cache, jar)) {
            command.add("-XX:AOTCache=" + cache);
        }
        command.addAll(JvmOptions.command());
        command.add("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(arguments);
        return List.copyOf(command);
    }

    /** An empty cache says that none could be made. */
    private static boolean isUsable(Path cache, Path jar) {
        try {
            return Files.isRegularFile(cache)
                    && Files.size(cache) > 0
                    && Files.getLastModifiedTime(cache).compareTo(Files.getLastModifiedTime(jar))
                            >= 0;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at " + jar, e);
        }
    }
}
