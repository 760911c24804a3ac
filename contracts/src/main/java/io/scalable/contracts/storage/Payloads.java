package io.scalable.contracts.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.Json;
import io.scalable.contracts.Payload;
import java.io.IOException;
import java.net.URI;
import java.util.Objects;

/**
 * Makes and reads {@link Payload}s: small values inline, large ones through whatever {@link
 * Storage} serves them.
 */
public final class Payloads {

    private final URI base;
    private final Storages storages;

    /**
     * @param base where large values of the deployment go
     * @param storages the storages that may serve it
     */
    public Payloads(URI base, Storages storages) {
        this.base = base;
        this.storages = storages;
    }

    /**
     * Payloads under {@code base} with {@code file:} storage and every other that is on the
     * classpath.
     */
    public static Payloads at(URI base) {
        return new Payloads(base, Storages.here());
    }

    /**
     * {@code value} as a payload; stored as {@code name} if it is larger than {@link
     * Payload#INLINE_LIMIT_BYTES}.
     *
     * @throws IOException if it cannot be stored
     */
    public Payload write(String name, JsonNode value) throws IOException {
        return write(name, value, Payload.INLINE_LIMIT_BYTES);
    }

    /**
     * {@code value} as a payload; stored as {@code name} if it is larger than {@code inlineBytes}.
     *
     * @throws IOException if it cannot be stored
     */
    public Payload write(String name, JsonNode value, int inlineBytes) throws IOException {
        byte[] json = bytes(value);
        if (json.length <= inlineBytes) {
            return Payload.of(value);
        }
        return Payload.at(storages.of(base).put(base, name, json), json.length);
    }

    /**
     * {@code value} as a payload that lies in storage as {@code name}, whatever its size.
     *
     * @throws IOException if it cannot be stored
     */
    public Payload store(String name, JsonNode value) throws IOException {
        byte[] json = bytes(value);
        return Payload.at(storages.of(base).put(base, name, json), json.length);
    }

    /**
     * The payload's value, wherever it lies.
     *
     * @throws IOException if it cannot be read
     */
    public JsonNode read(Payload payload) throws IOException {
        URI ref = payload.ref();
        return ref == null
                ? Objects.requireNonNull(payload.value())
                : Json.mapper().readTree(storages.of(ref).get(ref));
    }

    private static byte[] bytes(JsonNode value) throws JsonProcessingException {
        return Json.mapper().writeValueAsBytes(value);
    }
}
