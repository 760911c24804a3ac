package io.scalable.client.run;

import io.scalable.contracts.FileProblem;
import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.JsonCodec;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file with one JSON record on each line. Appended lines wait in memory until {@link #flush()}
 * writes them, whole lines or none: after a failed write (a full disk) they go on waiting, and the
 * next flush tries again. Not thread-safe.
 *
 * @param <T> the record type
 */
public final class JsonLines<T> implements AutoCloseable {

    private final Path file;
    private final JsonCodec<T> codec;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private @Nullable FileChannel channel;

    JsonLines(Path file, Class<T> type) {
        this.file = file;
        this.codec = JsonCodec.of(type);
    }

    /** Makes the file, empty. */
    void create() throws IOException {
        Files.createFile(file);
    }

    /** Takes away a last line that was cut off, so that others can follow. */
    void mend() throws IOException {
        if (Files.exists(file)) {
            long whole = scan().end();
            try (var open = FileChannel.open(file, StandardOpenOption.WRITE)) {
                open.truncate(whole);
            }
        }
    }

    /**
     * Puts other lines in place of all that there are; until they are written, the old ones stay.
     */
    void replace(List<T> lines) throws IOException {
        close();
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        var bytes = new ByteArrayOutputStream();
        lines.forEach(line -> write(bytes, line));
        try {
            try (var open =
                    FileChannel.open(
                            beside,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE)) {
                writeAll(open, bytes.toByteArray());
                open.force(true);
            }
            Files.move(
                    beside,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    void append(T line) {
        write(waiting, line);
    }

    /**
     * Writes what waits.
     *
     * @throws UncheckedIOException if it cannot be written; it waits on
     */
    void flush() {
        if (waiting.size() == 0) {
            return;
        }
        try {
            FileChannel open = channel;
            if (open == null) {
                open = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                channel = open;
            }
            long before = open.size();
            open.position(before);
            try {
                writeAll(open, waiting.toByteArray());
            } catch (IOException e) {
                open.truncate(before);
                throw e;
            }
            waiting.reset();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + FileProblem.reason(e), e);
        }
    }

    /**
     * All records that are written. A last line that was cut off in the middle is left out; a
     * missing file has none.
     *
     * @throws IOException if the file cannot be read, or another line is no record of the type
     */
    public List<T> read() throws IOException {
        return Files.exists(file) ? scan().records() : List.of();
    }

    @Override
    public void close() {
        try {
            flush();
        } finally {
            try {
                if (channel != null) {
                    channel.close();
                    channel = null;
                }
            } catch (IOException e) {
                // What was to be written has been.
            }
        }
    }

    /** Whole records, and where the last of them ends. */
    private record Scanned<T>(List<T> records, long end) {}

    private Scanned<T> scan() throws IOException {
        var records = new ArrayList<T>();
        long end = 0;
        int number = 0;
        @Nullable IOException bad = null;
        try (var in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            for (byte[] line = line(in); line != null; line = line(in)) {
                if (bad != null) {
                    throw bad;
                }
                number++;
                try {
                    records.add(codec.decode(line));
                    end += line.length;
                } catch (InvalidRecordException e) {
                    // Only the last line may have been cut off.
                    bad = new IOException(file + ":" + number + ": " + e.getMessage(), e);
                }
            }
        }
        return new Scanned<>(records, end);
    }

    /** The next line with its line feed; null at the end, and for a line that has none. */
    private static byte @Nullable [] line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            line.write(next);
            if (next == '\n') {
                return line.toByteArray();
            }
        }
        return null;
    }

    private void write(ByteArrayOutputStream to, T line) {
        byte[] json = codec.encode(line);
        to.write(json, 0, json.length);
        to.write('\n');
    }

    private static void writeAll(FileChannel to, byte[] bytes) throws IOException {
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            int unused = to.write(buffer);
        }
    }
}
