package io.scalable.worker;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.TextNode;
import io.scalable.contracts.ByteOrderMark;
import io.scalable.contracts.Json;
import io.scalable.contracts.JsonProblem;
import io.scalable.contracts.Limits;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
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

    /** How much of standard error a failure shows. */
    private static final int TAIL_BYTES = 8 * 1024;

    private static final int TAIL_LINES = 40;

    private static final JsonFactory LENIENT =
            JsonFactory.builder()
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(Limits.VALUE_DEPTH)
                                    .maxNumberLength(Limits.NUMBER_CHARS)
                                    .maxNameLength(Limits.FIELD_CHARS)
                                    .maxStringLength(Limits.RESULT_BYTES)
                                    .build())
                    .build();

    private static final ObjectReader WHOLE =
            Json.mapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private CommandResult() {}

    /**
     * The value of a text; without its byte order mark, and where it is no JSON without its last
     * line break.
     *
     * @param what where the text is from, in the user's words, for messages
     * @throws TaskFault if it is JSON that is nested too deep, or has a number or name too long
     */
    static JsonNode parse(String text, String what) throws TaskFault {
        String bare = ByteOrderMark.drop(text);
        String trimmed = bare.strip();
        if (trimmed.isEmpty()) {
            return TextNode.valueOf("");
        }
        try (JsonParser parser = LENIENT.createParser(trimmed)) {
            return WHOLE.readTree(parser);
        } catch (StreamConstraintsException e) {
            throw TaskFault.user("result refused", what + ": " + JsonProblem.describe(e));
        } catch (JsonProcessingException e) {
            // Not JSON, so it is text.
            return TextNode.valueOf(bare.stripTrailing());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
        ResultLimits.checkSize(what, bytes);
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
