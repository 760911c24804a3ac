package io.scalable.contracts;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JVM takes its encoding of file names, arguments and environment from {@code LC_ALL}. Where the
 * caller's is not UTF-8, JVMs of Scalable are started with one that is, and what the caller had
 * stands in {@link #VARIABLE}, so that tasks get it back. {@code ./scalable} does the same.
 */
public final class CallerLocale {

    /** The caller's {@code LC_ALL}, empty if there was none; set only where it was replaced. */
    public static final String VARIABLE = "SCALABLE_CALLER_LC_ALL";

    private static final String LC_ALL = "LC_ALL";
    private static final String UTF_8 = "C.UTF-8";
    private static final Set<String> CHOOSE_ENCODING = Set.of(LC_ALL, "LC_CTYPE", "LANG");

    private CallerLocale() {}

    /** Gives a task's environment the caller's own locale back. */
    public static void restore(Map<String, String> environment) {
        String before = environment.remove(VARIABLE);
        if (before == null) {
            return;
        }
        if (before.isEmpty()) {
            environment.remove(LC_ALL);
        } else {
            environment.put(LC_ALL, before);
        }
    }

    /** Makes a JVM that is started with {@code environment} speak UTF-8, if this one does not. */
    public static void speakUtf8(Map<String, String> environment) {
        if (!isUtf8(encoding())) {
            environment.putIfAbsent(VARIABLE, environment.getOrDefault(LC_ALL, ""));
            environment.put(LC_ALL, UTF_8);
        }
    }

    /**
     * Adds variables to the environment of a worker's JVM, but for those that choose its encoding:
     * tasks get these as well, from the worker's settings.
     */
    public static void putAllButLocale(Map<String, String> environment, Map<String, String> more) {
        more.forEach(
                (name, value) -> {
                    if (!CHOOSE_ENCODING.contains(name)) {
                        environment.put(name, value);
                    }
                });
    }

    /**
     * Why this JVM would change texts: null where its encoding of file names and arguments has all
     * characters.
     */
    public static @Nullable String complaint() {
        return complaint(encoding());
    }

    static @Nullable String complaint(String encoding) {
        return isUtf8(encoding)
                ? null
                : "this Java encodes file names and arguments in "
                        + encoding
                        + ", which lacks most letters; set LC_ALL=C.UTF-8 before it starts";
    }

    private static boolean isUtf8(String encoding) {
        return encoding.toUpperCase(Locale.ROOT).equals("UTF-8");
    }

    private static String encoding() {
        return System.getProperty("sun.jnu.encoding", "UTF-8");
    }
}
