package io.scalable.provider.shell;

/**
 * A component's {@code preload_script} as part of the shell script that becomes its worker. Pure.
 */
public final class PreloadScript {

    private PreloadScript() {}

    /**
     * The lines that run the user's own shell code in the shell that reads them, so that what it
     * exports is there afterwards. Whatever ends it early, and a last command that fails, ends the
     * shell with the status, which standard error then names.
     *
     * @param script the code, for the shell that runs it
     */
    public static String lines(String script) {
        return """
        trap 'echo "scalable: the preload_script ended with status $?; the worker does not start" >&2' EXIT
        %s
        scalable_status=$?
        [ "$scalable_status" -eq 0 ] || exit "$scalable_status"
        trap - EXIT
        unset scalable_status
        """
                .formatted(script.stripTrailing());
    }
}
