package io.scalable.client.run;

/** The wanted run is not there; the message says what is. */
public final class NoSuchRunException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what is missing and what there is
     */
    public NoSuchRunException(String message) {
        super(message);
    }
}
