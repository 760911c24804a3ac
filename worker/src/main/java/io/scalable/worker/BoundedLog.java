package io.scalable.worker;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that takes what an attempt prints, held to a size: half of it from the beginning, half
 * from the end, and a line between that says how much was left out. Whoever writes into the file
 * must have opened it to append. Thread-safe.
 */
final class BoundedLog {

    private final Path file;
    private final long most;
    private long left;

    /**
     * @param most how many bytes are kept
     */
    BoundedLog(Path file, long most) {
        this.file = file;
        this.most = most;
    }

    Path file() {
        return file;
    }

    /** How many bytes were printed so far, those left out with them. */
    synchronized long printed() throws IOException {
        return left + size();
    }

    /**
     * Cuts the file while it is written, once it has twice of what is kept. What is printed
     * meanwhile is left out, or comes before the end that is kept; none of it is counted.
     */
    synchronized void hold() throws IOException {
        long size = size();
        if (size <= 2 * most) {
            return;
        }
        long half = most / 2;
        var end = new byte[(int) half];
        // Not a channel: an interrupt would close that.
        try (var cut = new RandomAccessFile(file.toFile(), "rw");
                var append = new FileOutputStream(file.toFile(), true)) {
            cut.seek(size - half);
            cut.readFully(end);
            cut.setLength(half);
            append.write(end);
        }
        left += size - 2 * half;
    }

    /** When nothing is printed any more: removes an empty file, cuts one that is too long. */
    synchronized void finish() throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        long size = size();
        if (size == 0) {
            Files.delete(file);
        } else if (size > most || left > 0) {
            shorten(size);
        }
    }

    private void shorten(long size) throws IOException {
        long half = most / 2;
        long begin = Math.min(half, size);
        long end = Math.min(half, size - begin);
        left += size - begin - end;
        Path part = Files.createTempFile(file.toAbsolutePath().getParent(), ".part-", "");
        try {
            try (InputStream in = Files.newInputStream(file);
                    OutputStream out = Files.newOutputStream(part)) {
                copy(in, out, begin);
                String gap =
                        "\n[scalable: %d bytes left out; a log keeps %d bytes]\n"
                                .formatted(left, most);
                out.write(gap.getBytes(StandardCharsets.UTF_8));
                in.skipNBytes(size - begin - end);
                copy(in, out, end);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private long size() throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private static void copy(InputStream in, OutputStream out, long bytes) throws IOException {
        var buffer = new byte[64 * 1024];
        long missing = bytes;
        while (missing > 0) {
            int read = in.readNBytes(buffer, 0, (int) Math.min(buffer.length, missing));
            if (read == 0) {
                return;
            }
            out.write(buffer, 0, read);
            missing -= read;
        }
    }
}
