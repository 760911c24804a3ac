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
        return write(base, name, part -> Files.write(part, content));
    }

    @Override
    public URI put(URI base, String name, Path file) throws IOException {
        long unused = Storage.size(file);
        return write(
                base, name, part -> Files.copy(file, part, StandardCopyOption.REPLACE_EXISTING));
    }

    @Override
    public byte[] get(URI location) throws IOException {
        Path file = Path.of(location);
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw missing(file, e);
        }
    }

    @Override
    public void get(URI location, Path file) throws IOException {
        Path from = Path.of(location);
        try {
            Files.copy(from, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException e) {
            throw missing(from, e);
        }
    }

    @Override
    public boolean exists(URI location) {
        return Files.isRegularFile(Path.of(location));
    }

    @Override
    public void delete(URI location) throws IOException {
        Files.deleteIfExists(Path.of(location));
    }

    @Override
    public void check(URI base) throws IOException {
        Path root = Path.of(base);
        try {
            Files.createDirectories(root);
            Files.delete(Files.createTempFile(root, ".check-", ""));
        } catch (IOException e) {
            throw new IOException(
                    "cannot write into the folder "
                            + root
                            + ": "
                            + e
                            + "; it must be on a file system that this machine sees, and this user"
                            + " must have the right to write",
                    e);
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

    private static IOException missing(Path file, NoSuchFileException cause) {
        return new IOException("no such object: " + file, cause);
    }

    /** A reader never sees half an object: it is written beside its place, then renamed. */
    private static URI write(URI base, String name, Writer writer) throws IOException {
        Path root = Path.of(base).toAbsolutePath().normalize();
        Path file = root.resolve(name).normalize();
        if (!file.startsWith(root) || file.equals(root)) {
            throw new IOException("'" + name + "' is no name within " + root);
        }
        Files.createDirectories(file.getParent());
        Path part = Files.createTempFile(file.getParent(), ".part-", "");
        try {
            writer.write(part);
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

    @FunctionalInterface
    private interface Writer {
        void write(Path part) throws IOException;
    }
}
