package io.scalable.contracts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The options that JVMs of Scalable are started with, from the files beside this class: scripts and
 * images hand the same files to {@code java @FILE}.
 */
public final class JvmOptions {

    private static final String EVERY = "jvm.options";
    private static final String COMMAND = "command.options";

    private JvmOptions() {}

    /** What every JVM gets, workers too. */
    public static List<String> every() {
        return read(EVERY);
    }

    /** What a JVM with broker or services gets: {@link #every()} and what these need. */
    public static List<String> command() {
        var options = new ArrayList<String>(read(COMMAND));
        options.addAll(every());
        return List.copyOf(options);
    }

    private static List<String> read(String file) {
        try (InputStream in = JvmOptions.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the list of JVM options is missing: " + file);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
