package io.scalable.worker;

import io.scalable.contracts.FileProblem;
import io.scalable.contracts.storage.Storages;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What a remote worker fetches before it starts: jars, kept by their content for the next worker on
 * this machine, and the project's files, unpacked into a folder of its own. Errors name the place.
 */
final class RemoteFiles {

    /** {@code .../<sha256>/<name>}: the name says what the content is. */
    private static final Pattern BY_CONTENT = Pattern.compile(".*/([0-9a-f]{64})/[^/]+");

    private final Storages storages;
    private final Path cache;

    /**
     * @param cache a folder that nobody else may write into
     */
    RemoteFiles(Storages storages, Path cache) {
        this.storages = storages;
        this.cache = cache;
    }

    /**
     * The file at {@code place} on this machine: a file where it lies, anything else as a copy.
     *
     * @throws IOException if it cannot be had
     */
    Path fetch(URI place) throws IOException {
        if ("file".equals(place.getScheme())) {
            Path file = Path.of(place);
            if (!Files.isReadable(file)) {
                throw new IOException(
                        "cannot fetch "
                                + place
                                + ": it cannot be read on "
                                + HostName.get()
                                + "; put it into a bucket (project.default_storage: s3://... or"
                                + " gs://...), or on a folder that workers mount");
            }
            return file;
        }
        var byContent = BY_CONTENT.matcher(String.valueOf(place.getPath()));
        String hash = byContent.matches() ? byContent.group(1) : "";
        Path known = cache.resolve(hash).resolve(name(place));
        if (!hash.isEmpty() && Files.isRegularFile(known)) {
            return known;
        }
        try {
            return download(place, hash);
        } catch (IOException e) {
            throw new IOException("cannot fetch " + place + ": " + FileProblem.describe(e), e);
        }
    }

    /**
     * A new folder with what the zip at {@code place} holds.
     *
     * @throws IOException if it cannot be had or is no such zip
     */
    Path unpacked(URI place, String workerId) throws IOException {
        Path zip = fetch(place);
        Path folder = emptyFolder(workerId);
        try {
            Unzip.into(zip, folder);
        } catch (IOException e) {
            throw new IOException("cannot unpack " + place + ": " + FileProblem.describe(e), e);
        }
        return folder;
    }

    /** A new folder for this worker alone. */
    Path emptyFolder(String workerId) throws IOException {
        return Files.createTempDirectory(cache, workerId + "-");
    }

    private Path download(URI place, String expected) throws IOException {
        Path draft = Files.createTempFile(cache, "draft-", "");
        try {
            storages.of(place).get(place, draft);
            String hash = sha256(draft);
            if (!expected.isEmpty() && !hash.equals(expected)) {
                throw new IOException(
                        "it does not hold what its name says; delete it, and start again");
            }
            Path target = cache.resolve(hash).resolve(name(place));
            Files.createDirectories(target.getParent());
            // Two workers may do the same at once; either file will do.
            Files.move(
                    draft,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            return target;
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static String name(URI place) {
        String path = String.valueOf(place.getPath());
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.isEmpty() || name.equals("..") || name.equals(".") ? "file" : name;
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                var digesting = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digesting.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
