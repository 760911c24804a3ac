package io.scalable.manifest;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;

/**
 * Finds files and folders by a shell's pattern: {@code *}, {@code ?}, {@code [abc]}, {@code {a,b}}
 * and {@code **} for folders at any depth, none included. A {@code /} at the end leaves folders
 * only. Hidden ones are found only by patterns that name the dot.
 */
final class Glob {

    private static final String ANY_DEPTH = "**/";
    private static final int MOST_PATTERNS = 256;

    private final Path start;
    private final List<PathMatcher> matchers;
    private final boolean foldersOnly;
    private final boolean hiddenToo;
    private final int depth;

    private Glob(Path start, String pattern) {
        this.start = start;
        this.foldersOnly = pattern.endsWith("/");
        String rest = foldersOnly ? pattern.substring(0, pattern.length() - 1) : pattern;
        this.matchers =
                withAndWithout(rest).stream()
                        .map(each -> start.getFileSystem().getPathMatcher("glob:" + each))
                        .toList();
        this.hiddenToo = rest.startsWith(".") || rest.contains("/.");
        this.depth = rest.contains("**") ? Integer.MAX_VALUE : rest.split("/").length;
    }

    /** Each {@code **}{@code /} may also stand for no folder at all: the pattern without it. */
    private static Set<String> withAndWithout(String pattern) {
        Set<String> patterns = new LinkedHashSet<>(List.of(pattern));
        Deque<String> open = new ArrayDeque<>(patterns);
        while (!open.isEmpty()) {
            String each = open.remove();
            for (int at = each.indexOf(ANY_DEPTH); at >= 0; at = each.indexOf(ANY_DEPTH, at + 1)) {
                String without = each.substring(0, at) + each.substring(at + ANY_DEPTH.length());
                boolean whole = at == 0 || each.charAt(at - 1) == '/';
                if (whole && patterns.add(without)) {
                    open.add(without);
                }
            }
            if (patterns.size() > MOST_PATTERNS) {
                throw new PatternSyntaxException("too many **/", pattern, -1);
            }
        }
        return patterns;
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
        var glob = new Glob(start, pattern.substring(cut));
        return Files.isDirectory(start) ? glob.find(prefix) : List.of();
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
            return visit(folder, true) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            // At the deepest level folders come as files.
            visit(file, attributes.isDirectory());
            return FileVisitResult.CONTINUE;
        }

        /** What cannot be read, and links that lead in circles, do not match. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException reason) {
            return FileVisitResult.CONTINUE;
        }

        /** False for what is hidden. */
        private boolean visit(Path path, boolean isFolder) {
            if (!hiddenToo && path.getFileName().toString().startsWith(".")) {
                return false;
            }
            Path relative = start.relativize(path);
            if ((isFolder || !foldersOnly)
                    && matchers.stream().anyMatch(matcher -> matcher.matches(relative))) {
                found.add(prefix + relative.toString().replace('\\', '/'));
            }
            return true;
        }
    }
}
