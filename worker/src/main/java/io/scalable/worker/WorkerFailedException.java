package io.scalable.worker;

import org.jspecify.annotations.Nullable;

/** A worker could not start, or had to give up. The message says what to do. */
public final class WorkerFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WorkerFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
