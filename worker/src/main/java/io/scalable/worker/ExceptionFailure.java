package io.scalable.worker;

import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.FailureClass;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** What is reported of an exception that a handler threw. */
final class ExceptionFailure {

    private ExceptionFailure() {}

    /** The failure, with the stack as far as it is the user's own. */
    static Failure of(Throwable thrown) {
        FailureClass failureClass =
                thrown instanceof OutOfMemoryError
                        ? FailureClass.OUT_OF_MEMORY
                        : FailureClass.USER_ERROR;
        return new Failure(
                failureClass, thrown.getClass().getName(), message(thrown), stack(thrown));
    }

    private static String message(Throwable thrown) {
        String own = thrown.getMessage();
        String message = own == null ? thrown.getClass().getSimpleName() : own;
        // The cause says it: the initializer's own exception has no message.
        return thrown instanceof ExceptionInInitializerError && thrown.getCause() != null
                ? Excerpt.head(message + " caused by " + thrown.getCause())
                : Excerpt.head(message);
    }

    private static String stack(Throwable thrown) {
        trim(thrown, Collections.newSetFromMap(new IdentityHashMap<>()));
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return Excerpt.bothEnds(text.toString());
    }

    /** Leaves the worker's own frames, which are below the user's, out of it and its causes. */
    private static void trim(Throwable thrown, Set<Throwable> seen) {
        if (!seen.add(thrown)) {
            return;
        }
        StackTraceElement[] frames = thrown.getStackTrace();
        int end = frames.length;
        for (int i = 0; i < frames.length; i++) {
            if (frames[i].getClassName().equals(Handler.class.getName())) {
                end = i;
                break;
            }
        }
        while (end > 0
                && end < frames.length
                && frames[end - 1].getClassName().startsWith("java.lang.invoke.")) {
            end--;
        }
        thrown.setStackTrace(Arrays.copyOf(frames, end));
        if (thrown.getCause() != null) {
            trim(thrown.getCause(), seen);
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            trim(suppressed, seen);
        }
    }
}
