package io.scalable.provider.slurm;

import org.jspecify.annotations.Nullable;

/** A command of Slurm did not do what it was asked to. */
public final class SlurmException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What that means. */
    enum Kind {
        /** Nobody answered: whether it was done is unknown. */
        UNAVAILABLE,
        /** A limit on jobs is reached; later it may be done. Nothing was. */
        LIMIT,
        /** It will never be done. Nothing was. */
        REFUSED
    }

    private final Kind kind;

    SlurmException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    /** The message, never null. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
