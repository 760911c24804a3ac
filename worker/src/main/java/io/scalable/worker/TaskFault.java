package io.scalable.worker;

import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.FailureClass;
import org.jspecify.annotations.Nullable;

/** An attempt failed; carries what is reported of it. */
final class TaskFault extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Failure failure;
    private final boolean signalled;

    TaskFault(Failure failure) {
        this(failure, false);
    }

    private TaskFault(Failure failure, boolean signalled) {
        super(failure.message(), null, false, false);
        this.failure = failure;
        this.signalled = signalled;
    }

    /** A command was ended by a signal that the worker did not send. */
    static TaskFault signalled(Failure failure) {
        return new TaskFault(failure, true);
    }

    /** The user's own fault, without a stack. */
    static TaskFault user(String type, String message) {
        return user(type, message, null);
    }

    /** The user's own fault. */
    static TaskFault user(String type, String message, @Nullable String stack) {
        return new TaskFault(
                new Failure(FailureClass.USER_ERROR, type, Excerpt.head(message), stack));
    }

    /** The machine's fault, which another attempt elsewhere may not meet. */
    static TaskFault machine(String type, String message) {
        return new TaskFault(
                new Failure(FailureClass.NODE_FAILURE, type, Excerpt.head(message), null));
    }

    Failure failure() {
        return failure;
    }

    /** True if the attempt may have ended because the worker itself is being ended. */
    boolean signalled() {
        return signalled;
    }
}
