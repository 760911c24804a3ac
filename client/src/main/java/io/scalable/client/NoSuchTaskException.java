package io.scalable.client;

/** A plan was asked for with a task that the manifest lacks; the message names the nearest. */
public final class NoSuchTaskException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    NoSuchTaskException(String message) {
        super(message);
    }
}
