package io.scalable.client.run;

import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.JsonCodec;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file with one JSON record on each line. Lines are appended through a buffer: {@link #flush()}
 * makes them visible. Not thread-safe.
 *
 * @param <T> the record type
 */
public final class JsonLines<T> implements AutoCloseable {

    private final Path file;
    private final JsonCodec<T> codec;
    private @Nullable BufferedWriter writer;

    JsonLines(Path file, Class<T> type) {
        this.file = file;
        this.codec = JsonCodec.of(type);
    }

    /** Makes the file, empty. */
    void create() throws IOException {
        Files.createFile(file);
    }

    /** Empties the file, which may be missing. */
    void clear() throws IOException {
        Files.writeString(file, "");
    }

    /** Takes away a last line that was cut off, so that others can follow. */
    void mend() throws IOException {
        List<T> whole = read();
        clear();
        whole.forEach(this::append);
        flush();
    }

    void append(T line) {
        try {
            if (writer == null) {
                writer =
                        Files.newBufferedWriter(
                                file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
            writer.write(codec.encodeToString(line));
            writer.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    void flush() {
        try {
            if (writer != null) {
                writer.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /**
     * All records. A last line that was cut off in the middle is left out; a missing file has none.
     *
     * @throws IOException if the file cannot be read, or another line is no record of the type
     */
    public List<T> read() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        List<String> lines = Files.readAllLines(file);
        var out = new ArrayList<T>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            try {
                out.add(codec.decode(lines.get(i)));
            } catch (InvalidRecordException e) {
                if (i < lines.size() - 1) {
                    throw new IOException(file + ":" + (i + 1) + ": " + e.getMessage(), e);
                }
            }
        }
        return out;
    }

    @Override
    public void close() {
        try {
            if (writer != null) {
                writer.close();
                writer = null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
