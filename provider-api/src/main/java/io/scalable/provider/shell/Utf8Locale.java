package io.scalable.provider.shell;

import io.scalable.contracts.CallerLocale;

/**
 * Makes the JVM that a shell script becomes speak UTF-8: Java takes the encoding of file names,
 * arguments and environment from the locale. Pure.
 */
public final class Utf8Locale {

    private Utf8Locale() {}

    /**
     * The lines that choose a locale of UTF-8 where the script's own is none; what it was is kept
     * for the tasks, see {@link CallerLocale}. Where the machine has none, nothing is changed, and
     * the worker says so.
     */
    public static String lines() {
        return """
        if [ "$(locale charmap 2>/dev/null)" != UTF-8 ]; then
          for scalable_locale in C.UTF-8 C.utf8 en_US.UTF-8 en_US.utf8; do
            if [ "$(LC_ALL=$scalable_locale locale charmap 2>/dev/null)" = UTF-8 ]; then
              export %s="${LC_ALL:-}"
              export LC_ALL=$scalable_locale
              break
            fi
          done
        fi
        """
                .formatted(CallerLocale.VARIABLE);
    }
}
