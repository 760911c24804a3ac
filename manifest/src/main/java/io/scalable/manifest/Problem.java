package io.scalable.manifest;

/**
 * One thing that is wrong with a manifest.
 *
 * @param code a stable name for programs: {@code E_...} for errors, {@code W_...} for warnings
 * @param severity whether the manifest can be used all the same
 * @param path where in the manifest, such as {@code targets.local.max_workers}; empty for the whole
 * @param file the manifest's file as it was given
 * @param line from 1; 0 for what was laid over the manifest by hand
 * @param column from 1: the value's; the key's for a wrong key or mount; which setting for line 0
 * @param message what was found and what is wanted, for people
 */
public record Problem(
        String code,
        Severity severity,
        String path,
        String file,
        int line,
        int column,
        String message) {

    /** True if the manifest cannot be used. */
    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** One line: {@code CODE file:line:column path: message}, {@code --set} for line 0. */
    @Override
    public String toString() {
        String place = code + " " + (line == 0 ? "--set" : file + ":" + line + ":" + column);
        return path.isEmpty() ? place + ": " + message : place + " " + path + ": " + message;
    }
}
