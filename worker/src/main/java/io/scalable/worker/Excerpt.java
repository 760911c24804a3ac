package io.scalable.worker;

import io.scalable.contracts.Limits;

/** Cuts texts to what a failure may carry over a topic, and leaves out what no store takes. */
final class Excerpt {

    private static final int MESSAGE = Limits.FAILURE_CHARS;
    private static final int STACK = Limits.STACK_CHARS;

    /** Stands for a character that is none. */
    private static final char UNKNOWN = '\uFFFD';

    private Excerpt() {}

    /** The beginning of a message. */
    static String head(String message) {
        return message.length() <= MESSAGE
                ? clean(message)
                : clean(message.substring(0, MESSAGE))
                        + " ... ("
                        + message.length()
                        + " characters)";
    }

    /** Beginning and end of a stack trace: the causes at its end tell most. */
    static String bothEnds(String stack) {
        if (stack.length() <= STACK) {
            return clean(stack);
        }
        int half = STACK / 2;
        return clean(stack.substring(0, half))
                + "\n... ("
                + (stack.length() - STACK)
                + " characters left out) ...\n"
                + clean(stack.substring(stack.length() - half));
    }

    /**
     * The text with NUL and halves of characters, which neither JSON nor databases take, replaced.
     */
    static String clean(String text) {
        if (text.codePoints().noneMatch(Excerpt::unstorable)) {
            return text;
        }
        var out = new StringBuilder(text.length());
        text.codePoints().map(c -> unstorable(c) ? UNKNOWN : c).forEach(out::appendCodePoint);
        return out.toString();
    }

    private static boolean unstorable(int c) {
        return c == 0 || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }
}
