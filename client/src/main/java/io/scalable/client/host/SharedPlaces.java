package io.scalable.client.host;

import io.scalable.contracts.FileProblem;
import io.scalable.contracts.storage.Storages;
import io.scalable.manifest.ResolvedManifest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Places that workers on other machines see as well: below the project's {@code default_storage},
 * else beside the runs. Where that is a bucket, folders stay beside the runs all the same.
 */
public final class SharedPlaces {

    private static final Set<String> BUCKETS = Set.of("s3", "gs");

    private final @Nullable Path folder;
    private final @Nullable URI bucket;
    private final Path runs;

    private SharedPlaces(@Nullable Path folder, @Nullable URI bucket, Path runs) {
        this.folder = folder;
        this.bucket = bucket;
        this.runs = runs;
    }

    /**
     * The places of a manifest's runs.
     *
     * @param runs the folder of runs
     */
    public static SharedPlaces of(ResolvedManifest manifest, Path runs) {
        Optional<String> given = manifest.defaultStorage();
        return new SharedPlaces(
                given.flatMap(text -> folder(manifest.directory(), text)).orElse(null),
                given.flatMap(SharedPlaces::bucket).orElse(null),
                runs.toAbsolutePath().normalize());
    }

    /** Where one run keeps its large payloads and its tasks' logs. */
    public URI storage(String runId) {
        if (bucket != null) {
            return bucket.resolve(runId + "/");
        }
        return folder == null
                ? runs.resolve(runId).resolve("storage").toUri()
                : folder.resolve(runId).toUri();
    }

    /**
     * Makes sure that this machine can write and read a run's storage where that is a bucket; a
     * folder is made when it is needed.
     *
     * @throws IOException if not, with what to do
     */
    public void reach(String runId) throws IOException {
        // Workers would say the same, but later, and each of them.
        if (bucket != null) {
            URI storage = storage(runId);
            try {
                Storages.here().of(storage).check(storage);
            } catch (IOException e) {
                throw new IOException("project.default_storage: " + FileProblem.describe(e), e);
            }
        }
    }

    /** Where workers without a folder in common with this machine find their jars and files. */
    public URI bundle() {
        return bucket == null
                ? folder(shared().resolve("bundle").toUri().toString())
                : bucket.resolve("bundle/");
    }

    /** What workers on other machines need of every run: their Java and their jars. */
    public Path shared() {
        return folder == null ? runs.resolveSibling("shared") : folder.resolve("shared");
    }

    /** What a person should know: a storage that cannot be had. */
    public static Optional<String> warning(ResolvedManifest manifest) {
        return manifest.defaultStorage()
                .filter(text -> folder(manifest.directory(), text).isEmpty())
                .filter(text -> bucket(text).isEmpty())
                .map(
                        text ->
                                "project.default_storage: must be a folder, s3://BUCKET/... or"
                                        + " gs://BUCKET/..., found "
                                        + text
                                        + "; results go to the run's folder");
    }

    /**
     * Looks whether workers of the manifest's target can reach what a run keeps; asks no bucket.
     *
     * @return what a person should know all the same
     * @throws IllegalArgumentException if they cannot, with what to do
     */
    public static List<String> check(ResolvedManifest manifest) {
        if (!HostedProviders.isCloud(manifest.provider())) {
            return List.of();
        }
        String where = "targets." + manifest.targetName();
        Optional<String> given = manifest.defaultStorage();
        if (given.flatMap(SharedPlaces::bucket).isPresent()) {
            return List.of();
        }
        if (given.flatMap(text -> folder(manifest.directory(), text)).isEmpty()) {
            throw new IllegalArgumentException(
                    where
                            + ": workers on '"
                            + manifest.provider()
                            + "' cannot see this machine's folders; set project.default_storage to"
                            + " a bucket that they and this machine can use: s3://BUCKET/PREFIX or"
                            + " gs://BUCKET/PREFIX");
        }
        return List.of(
                where
                        + ": project.default_storage is the folder "
                        + given.get()
                        + "; workers on '"
                        + manifest.provider()
                        + "' must mount it at the same place");
    }

    private static Optional<URI> bucket(String text) {
        int end = text.indexOf("://");
        if (end < 0 || !BUCKETS.contains(text.substring(0, end)) || text.length() == end + 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(folder(text)).filter(uri -> uri.getAuthority() != null);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** With a slash at its end, so that names resolve below it. */
    private static URI folder(String place) {
        return URI.create(place.endsWith("/") ? place : place + "/");
    }

    private static Optional<Path> folder(Path directory, String text) {
        if (text.startsWith("file:")) {
            return Optional.of(Path.of(URI.create(text)));
        }
        return text.contains("://")
                ? Optional.empty()
                : Optional.of(directory.resolve(text).normalize());
    }
}
