package io.scalable.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.TextNode;
import io.scalable.contracts.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a command's output means: a JSON value if the whole of it is one, else its text. Numbers
 * keep the text they were printed with. NaN and the infinities, which many languages print into
 * JSON and JSON does not know, become the texts {@code "NaN"}, {@code "Infinity"} and {@code
 * "-Infinity"} in a value that is JSON otherwise.
 */
final class CommandResult {

    /** The largest result that is read, 16 MiB. */
    static final long LIMIT_BYTES = 16L * 1024 * 1024;

    /** How much of standard error a failure shows. */
    private static final int TAIL_BYTES = 8 * 1024;

    private static final int TAIL_LINES = 40;

    /** What editors of some systems begin a text with. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final ObjectReader WHOLE =
            Json.mapper()
                    .reader()
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .with(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS);

    private CommandResult() {}

    /**
     * The value of a text; without its byte order mark, and where it is no JSON without its last
     * line break.
     *
     * @param what where the text is from, in the user's words, for messages
     * @throws TaskFault if it is JSON that is nested too deep, or has a number or name too long
     */
    static JsonNode parse(String text, String what) throws TaskFault {
        String bare = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        String trimmed = bare.strip();
        if (trimmed.isEmpty()) {
            return TextNode.valueOf("");
        }
        try {
            return WHOLE.readTree(trimmed);
        } catch (StreamConstraintsException e) {
            throw TaskFault.user("result refused", what + ": " + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            // Not JSON, so it is text.
            return TextNode.valueOf(bare.stripTrailing());
        }
    }

    /**
     * The value in a file.
     *
     * @param what the file in the user's words, for messages
     * @throws TaskFault if it is missing or beyond a limit, which is named
     */
    static JsonNode read(Path file, String what) throws TaskFault, IOException {
        if (!Files.isRegularFile(file)) {
            throw TaskFault.user("no result", what + " is missing: the command did not write it");
        }
        long bytes = Files.size(file);
        if (bytes > LIMIT_BYTES) {
            throw TaskFault.user(
                    "result too large",
                    what
                            + " has "
                            + bytes
                            + " bytes, more than the "
                            + LIMIT_BYTES
                            + " that a result may have: write the data to a file of its own and"
                            + " return its name");
        }
        return parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8), what);
    }

    /** The last lines of a text file, empty if there is none. */
    static String tail(Path file) throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        try (var in = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, in.length() - TAIL_BYTES);
            in.seek(from);
            var bytes = new byte[(int) (in.length() - from)];
            in.readFully(bytes);
            var lines = new String(bytes, StandardCharsets.UTF_8).stripTrailing().lines().toList();
            return String.join(
                    "\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        }
    }
}
