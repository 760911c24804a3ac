package io.scalable.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** The terminal that standard output goes to, if it does. */
final class Terminal {

    private static final Path TERMINAL = Path.of("/dev/tty");
    private static final long PATIENCE_MILLIS = 500;

    private Terminal() {}

    /** True where a person sees what is printed at once. */
    static boolean isThere() {
        Console console = System.console();
        return console != null && console.isTerminal() && !"dumb".equals(System.getenv("TERM"));
    }

    /** True where colours may be used: on a terminal, unless NO_COLOR forbids them. */
    static boolean isColoured() {
        return isColoured(isThere(), System.getenv());
    }

    static boolean isColoured(boolean terminal, Map<String, String> env) {
        return terminal && env.getOrDefault("NO_COLOR", "").isEmpty();
    }

    /** How many characters a line holds; empty where nothing limits it. */
    static OptionalInt width() {
        if (!isThere()) {
            return OptionalInt.empty();
        }
        OptionalInt said = number(System.getenv().getOrDefault("COLUMNS", ""));
        return said.isPresent() ? said : asked();
    }

    private static OptionalInt asked() {
        try {
            Process stty =
                    new ProcessBuilder("stty", "size")
                            .redirectInput(TERMINAL.toFile())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!stty.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                stty.destroyForcibly();
                return OptionalInt.empty();
            }
            String[] size =
                    new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                            .strip()
                            .split(" ");
            return number(size[size.length - 1]);
        } catch (IOException e) {
            return OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }

    private static OptionalInt number(String text) {
        try {
            int number = Integer.parseInt(text);
            return number > 0 ? OptionalInt.of(number) : OptionalInt.empty();
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    /** As much of {@code line} as a line of {@code width} characters holds. */
    static String cut(String line, int width) {
        return line.codePointCount(0, line.length()) <= width
                ? line
                : line.substring(0, line.offsetByCodePoints(0, Math.max(0, width - 1))) + "\u2026";
    }
}
