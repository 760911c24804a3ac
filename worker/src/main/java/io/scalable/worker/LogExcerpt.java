package io.scalable.worker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The beginning and the end of a log that is too long to be kept whole. */
final class LogExcerpt {

    /** What is kept of one log in a bucket, in bytes. */
    static final int LONGEST_BYTES = 8 << 20;

    private LogExcerpt() {}

    /** Half of {@code bytes} from the file's beginning, half from its end, and a line between. */
    static byte[] of(Path file, int bytes) throws IOException {
        long size = Files.size(file);
        int half = bytes / 2;
        long left = size - 2L * half;
        var excerpt = new ByteArrayOutputStream(bytes + 100);
        try (InputStream in = Files.newInputStream(file)) {
            excerpt.writeBytes(in.readNBytes(half));
            excerpt.writeBytes(
                    ("\n[scalable: " + left + " bytes left out]\n")
                            .getBytes(StandardCharsets.UTF_8));
            in.skipNBytes(left);
            excerpt.writeBytes(in.readNBytes(half));
        }
        return excerpt.toByteArray();
    }
}
