package io.scalable.contracts;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Turns records of one type into bytes and back. Thread-safe: the reader and writer are made once
 * and shared.
 *
 * @param <T> the record type, usually the sealed interface of a topic
 */
public final class JsonCodec<T> {

    private final Class<T> type;
    private final JsonFactory parsers;
    private final ObjectReader reader;
    private final ObjectWriter writer;

    private JsonCodec(Class<T> type, JsonFactory parsers) {
        this.type = type;
        this.parsers = parsers;
        this.reader = Json.records().readerFor(type);
        this.writer = Json.records().writerFor(type);
    }

    public static <T> JsonCodec<T> of(Class<T> type) {
        return new JsonCodec<>(type, Json.records().getFactory());
    }

    /**
     * A codec that reads nothing that is nested deeper than {@code depth} levels of arrays and
     * objects.
     */
    public static <T> JsonCodec<T> of(Class<T> type, int depth) {
        return new JsonCodec<>(
                type,
                JsonFactory.builder()
                        .streamReadConstraints(
                                Json.records()
                                        .getFactory()
                                        .streamReadConstraints()
                                        .rebuild()
                                        .maxNestingDepth(depth)
                                        .build())
                        .build());
    }

    /** The record as UTF-8 JSON on one line. */
    public byte[] encode(T value) {
        try {
            return writer.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "cannot write a " + type.getSimpleName() + " as JSON", e);
        }
    }

    /** The record as JSON text on one line. */
    public String encodeToString(T value) {
        return new String(encode(value), StandardCharsets.UTF_8);
    }

    /**
     * Reads one record.
     *
     * @throws InvalidRecordException if the bytes are no valid record of the type; the message says
     *     what and where
     */
    public T decode(byte[] json) {
        try (JsonParser parser = parsers.createParser(json)) {
            T value = reader.readValue(parser);
            if (value == null) {
                throw new InvalidRecordException(
                        "expected a " + type.getSimpleName() + ", found null", null);
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new InvalidRecordException(
                    "not a valid " + type.getSimpleName() + ": " + describe(e), e);
        } catch (IOException e) {
            throw new InvalidRecordException(
                    "not a valid " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    /** Reads one record from text; see {@link #decode(byte[])}. */
    public T decode(String json) {
        return decode(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String describe(JsonProcessingException e) {
        var location = e.getLocation();
        String where =
                location == null
                        ? ""
                        : " (line "
                                + location.getLineNr()
                                + ", column "
                                + location.getColumnNr()
                                + ")";
        return JsonProblem.describe(e) + where;
    }
}
