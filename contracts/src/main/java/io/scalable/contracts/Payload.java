package io.scalable.contracts;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A task's argument or result: the JSON value itself, or, above {@link #INLINE_LIMIT_BYTES}, a
 * reference to it in {@link io.scalable.contracts.storage.Storage}. Exactly one of the two is
 * there.
 *
 * @param value the JSON value
 * @param ref where the value lies
 * @param bytes the size of the referenced value; 0 for an inline one
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Payload(
        @Nullable JsonNode value, @Nullable URI ref, @JsonProperty(defaultValue = "0") long bytes) {

    /** Values whose JSON is larger than this (256 KiB) travel by reference. */
    public static final int INLINE_LIMIT_BYTES = 256 * 1024;

    private static final Payload NULL = new Payload(NullNode.getInstance(), null, 0);

    public Payload {
        if (ref == null && value == null) {
            value = NullNode.getInstance();
        }
        if (ref != null && value != null && value.isNull()) {
            value = null;
        }
        if (ref != null && value != null) {
            throw new IllegalArgumentException("a payload has a value or a ref, not both");
        }
    }

    /** JSON's null. */
    public static Payload none() {
        return NULL;
    }

    public static Payload of(JsonNode value) {
        return new Payload(value, null, 0);
    }

    public static Payload at(URI ref, long bytes) {
        return new Payload(null, ref, bytes);
    }

    @JsonIgnore
    public boolean isReference() {
        return ref != null;
    }
}
