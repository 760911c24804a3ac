package io.scalable.provider.backend;

import org.jspecify.annotations.Nullable;

/** A backend cannot be asked at the moment. What it would have said is unknown. */
public final class BackendUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BackendUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
