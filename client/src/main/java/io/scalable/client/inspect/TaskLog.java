package io.scalable.client.inspect;

import io.scalable.contracts.storage.AttemptFiles;
import io.scalable.contracts.storage.Storages;
import io.scalable.contracts.task.TaskHistory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One stream of what an attempt of a task has written: found where it lies and read on from where
 * reading stopped.
 */
public final class TaskLog {

    private final Storages storages;
    private final String stream;
    private final List<URI> candidates;
    private long read;

    /**
     * @param places where the deployment's logs are looked for, in this order
     * @param attempt which, from 1
     * @param stream {@code out} or {@code err}
     */
    public TaskLog(
            Storages storages, List<URI> places, TaskHistory task, int attempt, String stream) {
        this.storages = storages;
        this.stream = stream;
        String name = AttemptFiles.log(task.task(), task.index(), attempt, stream);
        this.candidates =
                places.stream()
                        .map(URI::toString)
                        .map(place -> place.endsWith("/") ? place : place + "/")
                        .map(place -> URI.create(place + name))
                        .toList();
    }

    /** Where it lies; empty while nothing is written. */
    public Optional<URI> place() throws IOException {
        for (URI candidate : candidates) {
            if (storages.of(candidate).exists(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** {@code out} or {@code err}. */
    public String stream() {
        return stream;
    }

    /** Where it would be looked for. */
    public List<URI> candidates() {
        return candidates;
    }

    /** What was written since it was asked last; a part of it where that is a lot. */
    public byte[] more() throws IOException {
        Optional<URI> place = place();
        byte[] found = place.isEmpty() ? new byte[0] : from(place.get(), read);
        read += found.length;
        return found;
    }

    /** All that was written since it was asked last. */
    public byte[] all() throws IOException {
        var all = new ByteArrayOutputStream();
        for (byte[] part = more(); part.length > 0; part = more()) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private byte[] from(URI place, long offset) throws IOException {
        if ("file".equals(place.getScheme())) {
            return from(Path.of(place), offset);
        }
        byte[] all = storages.of(place).get(place);
        return offset >= all.length
                ? new byte[0]
                : Arrays.copyOfRange(all, (int) offset, all.length);
    }

    /** What {@code file} has from {@code offset} on, at most 64 KiB, in whole characters. */
    public static byte[] from(Path file, long offset) throws IOException {
        if (!Files.isRegularFile(file)) {
            return new byte[0];
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var bytes = ByteBuffer.allocate(1 << 16);
            int length = channel.read(bytes, offset);
            return length <= 0
                    ? new byte[0]
                    : Arrays.copyOf(bytes.array(), whole(bytes.array(), length));
        }
    }

    /** Where the last whole character of UTF-8 ends; a part of one alone counts as whole. */
    private static int whole(byte[] bytes, int length) {
        int first = length - 1;
        while (first > 0 && length - first < 4 && (bytes[first] & 0xC0) == 0x80) {
            first--;
        }
        int lead = bytes[first] & 0xFF;
        int wanted = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
        return first > 0 && length - first < wanted ? first : length;
    }
}
