package io.scalable.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values that whoever reads a manifest lays over it, after its overlay: {@code
 * targets.local.max_workers=8}.
 *
 * @param all in the order given; of two for the same place the later one holds
 */
public record Settings(List<Setting> all) {

    /** A word of a key; in quotes it may hold dots. */
    private static final Pattern WORD = Pattern.compile("\"([^\"]+)\"|([^.\"=]+)");

    /**
     * One value.
     *
     * @param path the words of its key
     * @param value YAML
     */
    public record Setting(List<String> path, String value) {
        public Setting {
            path = List.copyOf(path);
        }
    }

    public Settings {
        all = List.copyOf(all);
    }

    /** No settings. */
    public static Settings none() {
        return new Settings(List.of());
    }

    /**
     * Reads {@code KEY=VALUE}, as it is written on a command line.
     *
     * @throws IllegalArgumentException if one is written otherwise; the message says how
     */
    public static Settings of(List<String> written) {
        return new Settings(written.stream().map(Settings::read).toList());
    }

    private static Setting read(String text) {
        var path = new ArrayList<String>();
        Matcher word = WORD.matcher(text);
        int at = 0;
        while (word.find(at) && word.start() == at) {
            path.add(word.group(1) == null ? word.group(2).strip() : word.group(1));
            at = word.end();
            if (at < text.length() && text.charAt(at) == '=') {
                return new Setting(path, text.substring(at + 1));
            }
            if (at >= text.length() || text.charAt(at) != '.') {
                break;
            }
            at++;
        }
        throw new IllegalArgumentException(
                "'" + text + "' is no KEY=VALUE, such as targets.local.max_workers=8");
    }
}
