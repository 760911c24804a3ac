package io.scalable.client.host;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** One object of a bundle, as it will be made. */
public sealed interface BundlePart {

    /** The last part of its place: letters, digits, {@code .}, {@code -} and {@code _}. */
    String name();

    /**
     * A file as it is.
     *
     * @param file a jar
     */
    record Whole(String name, Path file) implements BundlePart {}

    /**
     * A zip that is yet to be made.
     *
     * @param files by their names within the zip
     */
    record Zipped(String name, SortedMap<String, Path> files) implements BundlePart {
        public Zipped {
            files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        }
    }

    /**
     * The part for an entry of a class path: a jar as it is, a folder as a jar.
     *
     * @throws IOException if it is not there
     */
    static BundlePart ofClasspath(Path entry) throws IOException {
        String name = safe(entry.getFileName().toString());
        if (Files.isRegularFile(entry)) {
            return new Whole(name, entry);
        }
        if (!Files.isDirectory(entry)) {
            throw new IOException("there is no " + entry + "; build it before you run");
        }
        SortedMap<String, Path> files = new TreeMap<>();
        addAll(files, entry, entry, true);
        return new Zipped(name + ".jar", files);
    }

    /**
     * The part for a project's files.
     *
     * @param names of files and folders, relative to {@code folder}; of folders what is not hidden
     * @throws IOException if one cannot be read
     */
    static BundlePart ofFiles(Path folder, List<String> names) throws IOException {
        SortedMap<String, Path> files = new TreeMap<>();
        for (String name : names) {
            Path path = folder.resolve(name);
            if (Files.isDirectory(path)) {
                addAll(files, folder, path, false);
            } else if (Files.isReadable(path)) {
                files.put(name(folder, path), path);
            } else {
                throw new IOException("project.files: cannot read " + path);
            }
        }
        return new Zipped("files.zip", files);
    }

    /** How many bytes it is made of. */
    default long bytes() throws IOException {
        return switch (this) {
            case Whole whole -> Files.size(whole.file());
            case Zipped zipped -> {
                long sum = 0;
                for (Map.Entry<String, Path> file : zipped.files().entrySet()) {
                    sum += Files.size(file.getValue());
                }
                yield sum;
            }
        };
    }

    private static void addAll(Map<String, Path> files, Path root, Path folder, boolean hiddenToo)
            throws IOException {
        Files.walkFileTree(
                folder,
                EnumSet.of(FileVisitOption.FOLLOW_LINKS),
                Integer.MAX_VALUE,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes a) {
                        return path.equals(folder) || hiddenToo || !hidden(path)
                                ? FileVisitResult.CONTINUE
                                : FileVisitResult.SKIP_SUBTREE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path path, BasicFileAttributes a) {
                        if (a.isRegularFile() && (hiddenToo || !hidden(path))) {
                            files.put(name(root, path), path);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private static boolean hidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }

    private static String name(Path root, Path path) {
        return root.relativize(path).toString().replace('\\', '/');
    }

    private static String safe(String name) {
        return name.replaceAll("[^A-Za-z0-9._-]", "_");
    }
}
