package io.scalable.client.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Room on the disk that is given back when it is full, so that a run's end can be written. */
final class RunReserve {

    private static final int BYTES = 64 * 1024;

    private RunReserve() {}

    /** Random bytes take room on file systems that compress, too. */
    static void take(Path file) throws IOException {
        byte[] bytes = new byte[BYTES];
        new Random(1).nextBytes(bytes);
        Files.write(file, bytes);
    }

    static void release(Path file) throws IOException {
        Files.deleteIfExists(file);
    }
}
