package io.scalable.provider.shell;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Quotes text so that a POSIX shell takes it as one word and expands nothing in it. */
public final class ShellWord {

    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*");

    private ShellWord() {}

    /**
     * {@code text} as one word.
     *
     * @throws IllegalArgumentException if it holds a NUL, which no command line can carry
     */
    public static String of(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("no NUL may be in a word of a command");
        }
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** The words of a command, with blanks between them. */
    public static String command(List<String> words) {
        return words.stream().map(ShellWord::of).collect(Collectors.joining(" "));
    }
}
