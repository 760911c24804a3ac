package io.scalable.telemetry.config;

/** The store is not open (yet); the message says why, for people. */
public final class StoreUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StoreUnavailableException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
