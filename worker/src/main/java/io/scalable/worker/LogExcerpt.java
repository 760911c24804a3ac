package io.scalable.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Cuts a log that is too long to be kept whole down to its beginning and its end. */
final class LogExcerpt {

    private LogExcerpt() {}

    /**
     * Leaves at most {@code bytes} of {@code file}: half from its beginning, half from its end, and
     * a line between that says how much was left out. A shorter file stays as it is.
     */
    static void shorten(Path file, long bytes) throws IOException {
        long size = Files.size(file);
        if (size <= bytes) {
            return;
        }
        long half = bytes / 2;
        long left = size - 2 * half;
        Path part = Files.createTempFile(file.toAbsolutePath().getParent(), ".part-", "");
        try {
            try (InputStream in = Files.newInputStream(file);
                    OutputStream out = Files.newOutputStream(part)) {
                copy(in, out, half);
                out.write(
                        ("\n[scalable: "
                                        + left
                                        + " bytes left out; a log keeps "
                                        + bytes
                                        + " bytes]\n")
                                .getBytes(StandardCharsets.UTF_8));
                in.skipNBytes(left);
                copy(in, out, half);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void copy(InputStream in, OutputStream out, long bytes) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long left = bytes;
        while (left > 0) {
            int read = in.readNBytes(buffer, 0, (int) Math.min(buffer.length, left));
            if (read == 0) {
                return;
            }
            out.write(buffer, 0, read);
            left -= read;
        }
    }
}
