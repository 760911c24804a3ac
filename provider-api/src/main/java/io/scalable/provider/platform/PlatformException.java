package io.scalable.provider.platform;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A platform did not do what it was asked to. */
public final class PlatformException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What that means. */
    public enum Kind {
        /** Nobody answered: whether it was done is unknown. */
        UNREACHABLE,
        /** The answer is one that nobody understands: whether it was done is unknown. */
        UNKNOWN,
        /** A limit is reached, and nothing was done; later it may be. */
        LATER,
        /** Nothing was done, nor will it be: what is asked for is wrong. */
        REFUSED,
        /** Nothing was done, nor will it be until a person lets this program in. */
        LOGIN
    }

    private final Kind kind;
    private final transient @Nullable Duration retryAfter;

    /**
     * @param message what is wrong and what to do, for people
     */
    public PlatformException(Kind kind, String message, @Nullable Throwable cause) {
        this(kind, message, null, cause);
    }

    /**
     * @param retryAfter when the platform wants to be asked; null if it does not say
     */
    public PlatformException(
            Kind kind, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    /** What the failure means. */
    public Kind kind() {
        return kind;
    }

    /** True if asking again changes nothing until a person has changed something. */
    boolean useless() {
        return kind == Kind.REFUSED || kind == Kind.LOGIN;
    }

    /** The message, never null. */
    public String text() {
        return String.valueOf(getMessage());
    }

    /** When the platform wants to be asked; null if it does not say. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** The failure as the outcome of a launch. */
    Launched outcome() {
        return switch (kind) {
            case UNREACHABLE -> new Launched.Unsure(text(), false);
            case UNKNOWN -> new Launched.Unsure(text(), true);
            case LATER -> new Launched.Later(text(), retryAfter);
            case REFUSED, LOGIN -> new Launched.Never(text());
        };
    }
}
