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

    /** The run that {@code deploymentId} is or was a life of; empty if none of these is. */
    public Optional<RunFolder> ofDeployment(String deploymentId) throws IOException {
        Path first = folder.resolve(deploymentId);
        if (Files.isDirectory(first)) {
            return Optional.of(RunFolder.open(first));
        }
        for (String id : ids().reversed()) {
            RunFolder run = RunFolder.open(folder.resolve(id));
            if (run.info().lives().stream()
                    .anyMatch(life -> life.deploymentId().equals(deploymentId))) {
                return Optional.of(run);
            }
        }
        return Optional.empty();
    }

    /**
     * The run called {@code id}, which did not succeed and which no process drives, to go on with.
     *
     * @throws NoSuchRunException if there is none; the message lists those with similar ids
     * @throws IOException if it has succeeded, its process lives, or it cannot be written
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
