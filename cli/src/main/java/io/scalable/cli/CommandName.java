package io.scalable.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How a person calls this command, for hints that can be pasted. */
final class CommandName {

    private CommandName() {}

    /** As it is called from the current folder. */
    static String here() {
        return of(System.getenv("SCALABLE_HOME"), Path.of("").toAbsolutePath());
    }

    /**
     * The launcher as it is called from {@code folder}.
     *
     * @param home the launcher's folder; null where it is not known, and then it is on the PATH
     */
    static String of(@Nullable String home, Path folder) {
        if (home == null || home.isEmpty()) {
            return "scalable";
        }
        Path launcher = Path.of(home).resolve("scalable");
        return Path.of(home).equals(folder) ? "./scalable" : quoted(launcher.toString());
    }

    /** A word that a shell takes as it is. */
    static String quoted(String word) {
        return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
