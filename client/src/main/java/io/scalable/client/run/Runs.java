package io.scalable.client.run;

import io.scalable.manifest.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The runs of one folder, usually {@code .scalable/runs}.
 *
 * @param folder where the runs' folders lie
 */
public record Runs(Path folder) {

    private static final int NEAREST = 3;

    /** Ids of all runs, oldest first. */
    public List<String> ids() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        var found = new ArrayList<Found>();
        try (var entries = Files.newDirectoryStream(folder, Files::isDirectory)) {
            for (Path entry : entries) {
                started(entry).ifPresent(at -> found.add(new Found(at, name(entry))));
            }
        }
        return found.stream()
                .sorted(Comparator.comparing(Found::started).thenComparing(Found::id))
                .map(Found::id)
                .toList();
    }

    /**
     * The run that started last.
     *
     * @throws NoSuchRunException if there is none
     */
    public RunFolder latest() throws IOException {
        List<String> ids = ids();
        if (ids.isEmpty()) {
            throw new NoSuchRunException(
                    "no runs yet in " + folder + "; start one with: scalable run FILE");
        }
        return RunFolder.open(folder.resolve(ids.getLast()));
    }

    /**
     * The run called {@code id}.
     *
     * @throws NoSuchRunException if there is none; the message lists those with similar ids
     */
    public RunFolder find(String id) throws IOException {
        List<String> ids = ids();
        if (ids.contains(id)) {
            return RunFolder.open(folder.resolve(id));
        }
        if (ids.isEmpty()) {
            return latest();
        }
        List<String> nearest = Nearest.closest(id, ids, NEAREST);
        throw new NoSuchRunException(
                "no run '" + id + "' in " + folder + "; nearest: " + String.join(", ", nearest));
    }

    /**
     * The run called {@code id}, whose process is gone, to go on with.
     *
     * @throws NoSuchRunException if there is none; the message lists those with similar ids
     * @throws IOException if it has ended, its process lives, or it cannot be written
     */
    public RunFolder resume(String id) throws IOException {
        return RunFolder.resume(find(id).path());
    }

    /** A folder without a readable run.json is no run. */
    private static Optional<Instant> started(Path entry) {
        try {
            return Optional.of(RunFolder.open(entry).info().started());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String name(Path entry) {
        return String.valueOf(entry.getFileName());
    }

    private record Found(Instant started, String id) {}
}
