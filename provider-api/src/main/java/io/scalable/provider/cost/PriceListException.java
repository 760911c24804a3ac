package io.scalable.provider.cost;

import org.jspecify.annotations.Nullable;

/** A price list cannot be used; the message says what is wrong, where, and what is wanted. */
public final class PriceListException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PriceListException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
