package io.scalable.telemetry.store;

import java.sql.SQLException;

/** The store could not be read or written; the message says which part and why. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StoreException(String what, SQLException cause) {
        super(what + ": " + cause.getMessage(), cause);
    }
}
