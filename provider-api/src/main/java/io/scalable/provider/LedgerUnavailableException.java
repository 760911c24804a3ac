package io.scalable.provider;

import org.jspecify.annotations.Nullable;

/**
 * The launch ledger cannot be read or written now, or what belongs to an entry does not arrive. No
 * deployment is to blame: nothing is launched until it can be written, and then the next pass does
 * what this one could not.
 */
public final class LedgerUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LedgerUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
