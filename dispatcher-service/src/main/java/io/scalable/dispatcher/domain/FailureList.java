package io.scalable.dispatcher.domain;

import io.scalable.contracts.Limits;
import io.scalable.contracts.task.Failure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The failures that are kept of a task: the first and the last few, each cut to a length. */
final class FailureList {

    /** So many of the first failures are kept: how it began. */
    static final int FIRST = 2;

    /** So many failures are kept in all; the newest ones beside the first. */
    static final int MOST = Limits.FAILURES_KEPT;

    /** Characters of a failure's message that are kept. */
    static final int MESSAGE = Limits.FAILURE_CHARS;

    /** Characters of a failure's type that are kept. */
    static final int TYPE = 256;

    /** Characters of a failure's stack or standard error that are kept: the last ones. */
    static final int STACK = Limits.STACK_CHARS;

    private FailureList() {}

    /** The failures with one more, which is the last. */
    static List<Failure> with(List<Failure> failures, Failure failure) {
        var all = new ArrayList<>(failures);
        if (all.size() >= MOST) {
            all.remove(FIRST);
        }
        all.add(cut(failure));
        return all;
    }

    /** The failure with its texts cut. */
    static Failure cut(Failure failure) {
        String message = failure.message();
        String stack = failure.stack();
        boolean fits =
                failure.type().length() <= TYPE
                        && message.length() <= MESSAGE
                        && (stack == null || stack.length() <= STACK);
        return fits
                ? failure
                : new Failure(
                        failure.failureClass(),
                        head(failure.type(), TYPE),
                        head(message, MESSAGE),
                        tail(stack));
    }

    private static String head(String text, int most) {
        return text.length() <= most ? text : text.substring(0, whole(text, most)) + " ...";
    }

    private static @Nullable String tail(@Nullable String text) {
        if (text == null || text.length() <= STACK) {
            return text;
        }
        int from = text.length() - STACK;
        return "... "
                + text.substring(Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from);
    }

    /** {@code end}, or one less where it would part a surrogate pair. */
    private static int whole(String text, int end) {
        return Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    }
}
