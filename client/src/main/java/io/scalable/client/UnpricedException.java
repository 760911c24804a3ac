package io.scalable.client;

/** A target bounds what may be spent, and nobody knows what its workers cost. */
public final class UnpricedException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message which bound, why there is no price, and how to give one
     */
    public UnpricedException(String message) {
        super(message);
    }
}
