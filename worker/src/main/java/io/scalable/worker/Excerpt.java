package io.scalable.worker;

/** Cuts texts to what a failure may carry over a topic. */
final class Excerpt {

    private static final int MESSAGE = 4 * 1024;
    private static final int STACK = 16 * 1024;

    private Excerpt() {}

    /** The beginning of a message. */
    static String head(String message) {
        return message.length() <= MESSAGE
                ? message
                : message.substring(0, MESSAGE) + " ... (" + message.length() + " characters)";
    }

    /** Beginning and end of a stack trace: the causes at its end tell most. */
    static String bothEnds(String stack) {
        if (stack.length() <= STACK) {
            return stack;
        }
        int half = STACK / 2;
        return stack.substring(0, half)
                + "\n... ("
                + (stack.length() - STACK)
                + " characters left out) ...\n"
                + stack.substring(stack.length() - half);
    }
}
