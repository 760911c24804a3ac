package io.scalable.worker;

import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.FailureClass;
import org.jspecify.annotations.Nullable;

/** An attempt failed; carries what is reported of it. */
final class TaskFault extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    TaskFault(Failure failure) {
        super(failure.message(), null, false, false);
        this.failure = failure;
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

    Failure failure() {
        return failure;
    }
}
