package io.scalable.provider.backend;

import org.jspecify.annotations.Nullable;

/** A backend will not start a worker, and nothing of it was started. */
public final class LaunchRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what is wrong and what to do, for people
     */
    public LaunchRefusedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
