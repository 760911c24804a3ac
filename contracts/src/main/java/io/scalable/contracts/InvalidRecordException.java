package io.scalable.contracts;

import org.jspecify.annotations.Nullable;

/**
 * Bytes on a topic are not the record that the topic promises. The message names the field and the
 * position.
 */
public final class InvalidRecordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidRecordException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
