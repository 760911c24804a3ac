package io.scalable.client.run;

import org.jspecify.annotations.Nullable;

/** A run cannot start or go on; the message says what is wrong and what to do. */
public final class RunException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RunException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
