package io.scalable.client.report;

/**
 * Text of others, shown harmless: what tasks, workers and brokers say may hold control characters
 * that a terminal would obey, or marks that turn the order of letters around.
 */
public final class PrintableText {

    private PrintableText() {}

    /** On one line: every control character, line feeds among them, is written as an escape. */
    public static String line(String text) {
        return clean(text, false);
    }

    /** The same, keeping line feeds and tabs. */
    public static String lines(String text) {
        return clean(text, true);
    }

    private static String clean(String text, boolean lines) {
        StringBuilder out = null;
        int length = text.length();
        for (int i = 0; i < length; ) {
            int letter = text.codePointAt(i);
            boolean keep = harmless(letter) || (lines && (letter == '\n' || letter == '\t'));
            if (!keep && out == null) {
                out = new StringBuilder(length + 16).append(text, 0, i);
            }
            if (out != null) {
                append(out, letter, keep);
            }
            i += Character.charCount(letter);
        }
        return out == null ? text : out.toString();
    }

    private static void append(StringBuilder out, int letter, boolean keep) {
        if (keep) {
            out.appendCodePoint(letter);
            return;
        }
        switch (letter) {
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            case '\r' -> out.append("\\r");
            default -> out.append("\\u").append(hex(letter));
        }
    }

    private static String hex(int letter) {
        String digits = Integer.toHexString(letter);
        return "0".repeat(Math.max(0, 4 - digits.length())) + digits;
    }

    /** No control character, no mark that changes the direction of text, no half of a pair. */
    private static boolean harmless(int letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            case Character.FORMAT ->
                    !((letter >= 0x202A && letter <= 0x202E)
                            || (letter >= 0x2066 && letter <= 0x2069));
            default -> true;
        };
    }
}
