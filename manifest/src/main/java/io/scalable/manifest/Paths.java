package io.scalable.manifest;

import java.util.regex.Pattern;

/**
 * Spells places within a manifest: {@code targets.local}, {@code needs[0]}, {@code mounts['/a']}.
 */
final class Paths {

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]+");

    private Paths() {}

    static String child(String path, String key) {
        if (!WORD.matcher(key).matches()) {
            return path + "['" + key + "']";
        }
        return path.isEmpty() ? key : path + "." + key;
    }

    static String item(String path, int index) {
        return path + "[" + index + "]";
    }
}
