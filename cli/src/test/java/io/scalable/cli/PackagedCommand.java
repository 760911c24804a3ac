package io.scalable.cli;

import io.scalable.contracts.JvmOptions;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The jar under test with its start-up cache, which users have as well. It is made once for all
 * tests, whose processes wait for the one that makes it: most of them start several JVMs. Where it
 * cannot be made, they start without it.
 */
public final class PackagedCommand {

    private static final Path JAR = Path.of("target/scalable.jar").toAbsolutePath();
    private static final Path CACHE = JAR.resolveSibling("scalable.aot");

    private PackagedCommand() {}

    /** The jar. */
    public static Path jar() {
        return JAR;
    }

    /** Makes the cache, if it is missing or older than the jar. */
    static synchronized void prepare() throws IOException {
        try (var file =
                        FileChannel.open(
                                JAR.resolveSibling("aot.lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                var _ = file.lock()) {
            if (!fresh()) {
                make();
            }
        }
    }

    private static void make() throws IOException {
        Process making =
                new ProcessBuilder(Path.of("../dev/aot").toAbsolutePath().toString())
                        .redirectErrorStream(true)
                        .redirectOutput(JAR.resolveSibling("aot.log").toFile())
                        .start();
        try {
            int unused = making.waitFor();
        } catch (InterruptedException e) {
            making.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        if (!fresh()) {
            // Empty: there is none, and nobody tries again.
            Files.write(CACHE, new byte[0]);
        }
    }

    private static boolean fresh() throws IOException {
        return Files.exists(CACHE)
                && Files.getLastModifiedTime(CACHE).compareTo(Files.getLastModifiedTime(JAR)) >= 0;
    }

    /** The command's program and options, as the launcher gives them, for short runs. */
    public static List<String> java() throws IOException {
        prepare();
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Files.size(CACHE) > 0) {
            command.add("-XX:AOTCache=" + CACHE);
        }
        command.addAll(JvmOptions.command());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-jar", JAR.toString()));
        return command;
    }
}
