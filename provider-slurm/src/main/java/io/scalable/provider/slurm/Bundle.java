package io.scalable.provider.slurm;

import io.scalable.provider.worker.WorkerJava;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What workers need on a folder that compute nodes see: a Java of their own, linked once, and the
 * jars, named by their content. What is there already is used again, by all runs.
 *
 * @param runtime the folder of the workers' Java
 * @param classpath in Java's own notation
 * @param cache the ahead-of-time cache of both; workers start without it, too
 */
public record Bundle(Path runtime, String classpath, Path cache) {

    private static final int HASH_LENGTH = 16;

    /**
     * Makes sure of the bundle in {@code shared}.
     *
     * @param classpath of this machine, in Java's own notation; relative entries and wildcards are
     *     resolved here
     * @param progress hears, in words, of what takes seconds
     * @throws IOException if something cannot be read or written, with what to do
     */
    public static Bundle publish(Path shared, String classpath, Consumer<String> progress)
            throws IOException {
        Path home = shared.toAbsolutePath();
        Path runtime = runtime(home.resolve("runtime"), progress);
        var entries = new ArrayList<String>();
        for (Path entry : entries(classpath)) {
            entries.add(copy(entry, home.resolve("bundle")).toString());
        }
        return of(home, runtime, entries);
    }

    private static Bundle of(Path home, Path runtime, List<String> entries) {
        String classpath = String.join(File.pathSeparator, entries);
        String name = hash(sha256(), runtime + File.pathSeparator + classpath);
        return new Bundle(runtime, classpath, home.resolve("bundle").resolve(name + ".aot"));
    }

    /** Makes sure of {@link #cache()}; see {@link StartTraining#of}. */
    public void train(Map<String, String> kafka, Consumer<String> progress) throws IOException {
        StartTraining.of(this, kafka, progress);
    }

    /**
     * Where {@link #publish} would put all; writes nothing.
     *
     * @throws UncheckedIOException if the class path cannot be read
     */
    public static Bundle planned(Path shared, String classpath) {
        Path home = shared.toAbsolutePath();
        try {
            var entries = new ArrayList<String>();
            for (Path entry : entries(classpath)) {
                entries.add(
                        home.resolve("bundle")
                                .resolve(hash(entry))
                                .resolve(name(entry))
                                .toString());
            }
            return of(home, runtime(home.resolve("runtime")), entries);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + classpath, e);
        }
    }

    /** Copies a jar or a folder of classes; where it is then. */
    public static Path copy(Path entry, Path bundle) throws IOException {
        Path home = bundle.resolve(hash(entry));
        Path target = home.resolve(name(entry));
        if (Files.exists(target)) {
            return target;
        }
        Files.createDirectories(bundle);
        Path draft = Files.createTempDirectory(bundle, "draft-");
        copyTree(entry, draft.resolve(name(entry)));
        moveWhole(draft, home);
        return target;
    }

    private static Path runtime(Path folder) {
        return folder.resolve(Runtime.version() + "-" + System.getProperty("os.arch"));
    }

    private static Path runtime(Path folder, Consumer<String> progress) throws IOException {
        Path runtime = runtime(folder);
        if (Files.isDirectory(runtime)) {
            return runtime;
        }
        progress.accept("making the workers' Java runtime in " + runtime + " (once, 10 s)");
        Files.createDirectories(folder);
        Path draft = Files.createTempDirectory(folder, "draft-");
        WorkerJava.link(draft.resolve("java"));
        moveWhole(draft.resolve("java"), runtime);
        deleteTree(draft);
        return runtime;
    }

    /** Another run may have been faster: then its copy, which is the same, stays. */
    private static void moveWhole(Path draft, Path target) throws IOException {
        try {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            deleteTree(draft);
        }
    }

    private static List<Path> entries(String classpath) throws IOException {
        var entries = new ArrayList<Path>();
        for (String entry : classpath.split(File.pathSeparator)) {
            if (entry.endsWith("/*")) {
                try (Stream<Path> jars = Files.list(Path.of(entry).getParent())) {
                    jars.filter(jar -> jar.toString().endsWith(".jar"))
                            .sorted()
                            .forEach(entries::add);
                }
            } else if (!entry.isEmpty() && Files.exists(Path.of(entry))) {
                entries.add(Path.of(entry));
            }
        }
        return entries;
    }

    private static String name(Path entry) {
        return entry.toAbsolutePath().normalize().getFileName().toString();
    }

    /** Of a folder: its files' names and contents, in order. */
    private static String hash(Path entry) throws IOException {
        try (Stream<Path> walk = Files.walk(entry)) {
            MessageDigest digest = sha256();
            for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
                digest.update(entry.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                update(digest, file);
            }
            return hash(digest, "");
        }
    }

    private static String hash(MessageDigest digest, String last) {
        byte[] hash = digest.digest(last.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash).substring(0, HASH_LENGTH);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void update(MessageDigest digest, Path file) throws IOException {
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            for (Path path : walk.toList()) {
                Files.copy(
                        path,
                        to.resolve(from.relativize(path).toString()),
                        LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    static void deleteTree(Path folder) {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + folder, e);
        }
    }
}
