package io.scalable.manifest;

import io.scalable.contracts.ByteOrderMark;
import io.scalable.contracts.FileProblem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/** The items that {@code foreach} takes from the file system. */
final class ItemFiles {

    private static final long LARGEST_LINES_FILE = 256L * 1024 * 1024;

    private ItemFiles() {}

    /** One way of finding items. */
    @FunctionalInterface
    interface Reader {
        List<String> read(Path folder, String text) throws UnusableException;
    }

    /** The files cannot be read; the message says why. */
    static final class UnusableException extends Exception {

        private static final long serialVersionUID = 1L;

        UnusableException(String message, Throwable cause) {
            super(message, cause);
        }

        UnusableException(String message) {
            super(message);
        }
    }

    /** The matching paths, sorted, spelled relative to {@code folder} as the pattern is. */
    static List<String> glob(Path folder, String pattern) throws UnusableException {
        try {
            return Glob.matches(folder, pattern);
        } catch (PatternSyntaxException | InvalidPathException e) {
            throw new UnusableException("'" + pattern + "' is no pattern of files", e);
        } catch (IOException e) {
            throw new UnusableException("cannot look for '" + pattern + "': " + FileProblem.reason(e), e);
        }
    }

    /** The file's lines without surrounding blanks; blank lines are left out. */
    static List<String> lines(Path folder, String name) throws UnusableException {
        try {
            Path file = folder.resolve(name);
            if (!Files.isRegularFile(file)) {
                throw new UnusableException("there is no file '" + name + "'");
            }
            if (Files.size(file) > LARGEST_LINES_FILE) {
                throw new UnusableException("'" + name + "' is larger than 256 MiB");
            }
            try (BufferedReader in = ByteOrderMark.reader(file)) {
                return in.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
            }
        } catch (CharacterCodingException | UncheckedIOException e) {
            throw new UnusableException("'" + name + "' is not a text file in UTF-8", e);
        } catch (IOException | InvalidPathException e) {
            throw new UnusableException("cannot read '" + name + "': " + FileProblem.reason(e), e);
        }
    }
}
