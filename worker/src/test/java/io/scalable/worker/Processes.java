package io.scalable.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks at processes of this machine. */
final class Processes {

    private Processes() {}

    /** The process id in a file. */
    static long read(Path file) {
        try {
            return Long.parseLong(Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** True if it runs; one that has ended and is only not yet collected does not. */
    static boolean alive(long pid) {
        try {
            Path stat = Path.of("/proc/" + pid + "/stat");
            return Files.exists(stat) && !Files.readString(stat).contains(") Z ");
        } catch (IOException e) {
            return false;
        }
    }
}
