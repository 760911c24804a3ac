package io.scalable.client;

import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.FailureClass;
import org.jspecify.annotations.Nullable;

/** A task failed for good. Says what its code threw, with the stack of the worker that ran it. */
public final class TaskFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String taskId;
    private final transient Failure failure;

    TaskFailedException(String taskId, Failure failure) {
        super(
                taskId + " failed: " + failure.type() + ": " + failure.message(),
                onTheWorker(failure));
        this.taskId = taskId;
        this.failure = failure;
    }

    public String taskId() {
        return taskId;
    }

    /** Why it failed. */
    public FailureClass failureClass() {
        return failure.failureClass();
    }

    /** The class name of what its code threw, or {@code exit 3}, {@code signal 9}. */
    public String type() {
        return failure.type();
    }

    /** The message of what its code threw. */
    public String failureMessage() {
        return failure.message();
    }

    /** The worker's stack trace, or the last lines of standard error; null where there is none. */
    public @Nullable String workerStack() {
        return failure.stack();
    }

    private static @Nullable Throwable onTheWorker(Failure failure) {
        String stack = failure.stack();
        return stack == null ? null : new OnTheWorker(stack);
    }

    /** Shows the worker's stack where a cause's own would stand. */
    private static final class OnTheWorker extends Exception {

        private static final long serialVersionUID = 1L;

        OnTheWorker(String stack) {
            super(stack, null, false, false);
        }

        // Its own class's name would stand before the stack of another.
        @SuppressWarnings("OverrideThrowableToString")
        @Override
        public String toString() {
            return "on the worker: " + String.valueOf(getMessage()).stripTrailing();
        }
    }
}
