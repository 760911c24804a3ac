package io.scalable.provider.cloud.gcp;

import org.jspecify.annotations.Nullable;

/** Google Cloud did not do what it was asked to. The message is for people. */
public final class GoogleException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What that means. */
    enum Kind {
        /** Nobody answered: whether it was done is unknown. */
        UNAVAILABLE,
        /** The credentials are missing or not valid any more. Nothing was done. */
        LOGIN,
        /** A quota or rate is reached; later it may be done. Nothing was. */
        LIMIT,
        /** It is there already. */
        EXISTS,
        /** Something else is being done with it; later it may be done. Nothing was. */
        BUSY,
        /** It is not there. */
        MISSING,
        /** It will never be done. Nothing was. */
        REFUSED
    }

    private final Kind kind;

    GoogleException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    /** True if asking again changes nothing until somebody else has done something. */
    boolean surely() {
        return kind == Kind.LOGIN || kind == Kind.REFUSED || kind == Kind.MISSING;
    }

    /** The message, never null. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
