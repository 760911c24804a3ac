package io.scalable.provider.backend;

import org.jspecify.annotations.Nullable;

/** A backend cannot be asked at the moment. What it would have said is unknown. */
public final class BackendUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean useless;

    /** A backend that may answer later. */
    public BackendUnavailableException(String message, @Nullable Throwable cause) {
        this(message, false, cause);
    }

    /**
     * @param message what is wrong and what to do, for people
     * @param useless true if asking again changes nothing until a person has changed something:
     *     there are no credentials, a right is missing
     */
    public BackendUnavailableException(String message, boolean useless, @Nullable Throwable cause) {
        super(message, cause);
        this.useless = useless;
    }

    /** True if asking again changes nothing until a person has changed something. */
    public boolean useless() {
        return useless;
    }
}
