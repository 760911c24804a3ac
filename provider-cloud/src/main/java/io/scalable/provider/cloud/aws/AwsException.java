package io.scalable.provider.cloud.aws;

import org.jspecify.annotations.Nullable;

/** AWS did not do what it was asked to. */
final class AwsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What that means. */
    enum Kind {
        /** Whether it was done is unknown. */
        UNKNOWN,
        /** Nothing was done; later it may be. */
        LATER,
        /** Nothing was done, nor will be, until a person gives valid credentials. */
        LOGIN,
        /** Nothing was done, and there is no such cluster. */
        NO_CLUSTER,
        /** Nothing was done, nor will be, unless somebody changes something. */
        REFUSED
    }

    private final Kind kind;

    AwsException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    /** True if asking again changes nothing until a person has changed something. */
    boolean useless() {
        return kind == Kind.LOGIN || kind == Kind.REFUSED || kind == Kind.NO_CLUSTER;
    }

    /** The message, never null. */
    String text() {
        return String.valueOf(getMessage());
    }
}
