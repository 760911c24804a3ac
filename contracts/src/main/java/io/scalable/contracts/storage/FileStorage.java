package io.scalable.contracts.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;

/** {@code file:} storage: a folder on this machine, or one that all machines mount. */
public final class FileStorage implements Storage {

    @Override
    public boolean serves(URI location) {
        return "file".equals(location.getScheme());
    }

    @Override
    public URI put(URI base, String name, byte[] content) throws IOException {
        Path root = Path.of(base).toAbsolutePath().normalize();
        Path file = root.resolve(name).normalize();
        if (!file.startsWith(root) || file.equals(root)) {
            throw new IOException("'" + name + "' is no name within " + root);
        }
        Files.createDirectories(file.getParent());
        // A reader never sees half an object: write beside it, then rename.
        Path part = Files.createTempFile(file.getParent(), ".part-", "");
        try {
            Files.write(part, content);
            Files.move(
                    part,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
        return file.toUri();
    }

    @Override
    public byte[] get(URI location) throws IOException {
        Path file = Path.of(location);
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IOException("no such object: " + file, e);
        }
    }

    @Override
    public void deleteAll(URI base) throws IOException {
        Path root = Path.of(base);
        if (!Files.exists(root)) {
            return;
        }
        try (var files = Files.walk(root)) {
            files.sorted(Comparator.reverseOrder()).forEach(FileStorage::delete);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
