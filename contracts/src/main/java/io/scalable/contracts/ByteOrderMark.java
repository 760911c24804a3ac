package io.scalable.contracts;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The byte order mark that some editors put before a text in UTF-8: no part of what is written. */
public final class ByteOrderMark {

    private static final char MARK = '\uFEFF';

    private ByteOrderMark() {}

    /** {@code text} without a mark at its begin. */
    public static String drop(String text) {
        return !text.isEmpty() && text.charAt(0) == MARK ? text.substring(1) : text;
    }

    /**
     * Reads a text file in UTF-8 that somebody may have edited.
     *
     * @throws IOException if it cannot be read; reading it throws one too where it is not UTF-8
     */
    public static BufferedReader reader(Path file) throws IOException {
        BufferedReader reader = Files.newBufferedReader(file);
        try {
            reader.mark(1);
            if (reader.read() != MARK) {
                reader.reset();
            }
            return reader;
        } catch (IOException e) {
            reader.close();
            throw e;
        }
    }
}
