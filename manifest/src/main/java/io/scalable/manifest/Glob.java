package io.scalable.manifest;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds files and folders by a shell's pattern: {@code *}, {@code ?}, {@code [abc]}, {@code {a,b}}
 * and {@code **} for folders at any depth, none included. Hidden ones are found only by patterns
 * that name the dot.
 */
final class Glob {

    private final Path start;
    private final List<PathMatcher> matchers;
    private final boolean hiddenToo;
    private final int depth;

    private Glob(Path start, String rest) {
        var files = start.getFileSystem();
        this.start = start;
        this.matchers =
                List.of(
                        files.getPathMatcher("glob:" + rest),
                        files.getPathMatcher("glob:" + rest.replace("**/", "")));
        this.hiddenToo = rest.startsWith(".") || rest.contains("/.");
        this.depth = rest.contains("**") ? Integer.MAX_VALUE : rest.split("/").length;
    }

    /** Sorted; relative to {@code folder} if the pattern is. */
    static List<String> matches(Path folder, String pattern) throws IOException {
        int wild = firstWild(pattern);
        int cut = pattern.lastIndexOf('/', wild) + 1;
        String prefix = pattern.substring(0, cut);
        Path start = folder.resolve(prefix).normalize();
        if (wild == pattern.length()) {
            return Files.exists(folder.resolve(pattern)) ? List.of(pattern) : List.of();
        }
        return Files.isDirectory(start)
                ? new Glob(start, pattern.substring(cut)).find(prefix)
                : List.of();
    }

    private static int firstWild(String pattern) {
        int index = 0;
        while (index < pattern.length() && "*?[{\\".indexOf(pattern.charAt(index)) < 0) {
            index++;
        }
        return index;
    }

    private List<String> find(String prefix) throws IOException {
        Set<String> found = new TreeSet<>();
        var options = EnumSet.of(FileVisitOption.FOLLOW_LINKS);
        Files.walkFileTree(start, options, depth, new Visitor(prefix, found));
        return List.copyOf(found);
    }

    private final class Visitor extends SimpleFileVisitor<Path> {

        private final String prefix;
        private final Set<String> found;

        Visitor(String prefix, Set<String> found) {
            this.prefix = prefix;
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (folder.equals(start)) {
                return FileVisitResult.CONTINUE;
            }
            return visit(folder) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            visit(file);
            return FileVisitResult.CONTINUE;
        }

        /** What cannot be read, and links that lead in circles, do not match. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException reason) {
            return FileVisitResult.CONTINUE;
        }

        /** False for what is hidden. */
        private boolean visit(Path path) {
            if (!hiddenToo && path.getFileName().toString().startsWith(".")) {
                return false;
            }
            Path relative = start.relativize(path);
            if (matchers.stream().anyMatch(matcher -> matcher.matches(relative))) {
                found.add(prefix + relative.toString().replace('\\', '/'));
            }
            return true;
        }
    }
}
