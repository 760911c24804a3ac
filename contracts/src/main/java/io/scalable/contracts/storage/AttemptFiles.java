package io.scalable.contracts.storage;

import java.util.regex.Pattern;

/** The names, within the deployment's storage, of what an attempt leaves behind. */
public final class AttemptFiles {

    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._-]");

    private AttemptFiles() {}

    /**
     * {@code results/<task>/<index>-<attempt>.json}.
     *
     * @param task the task's name
     */
    public static String result(String task, int index, int attempt) {
        return "results/" + stem(task, index, attempt) + ".json";
    }

    /**
     * {@code logs/<task>/<index>-<attempt>.<stream>}.
     *
     * @param task the task's name
     * @param stream {@code out} or {@code err}
     */
    public static String log(String task, int index, int attempt, String stream) {
        return "logs/" + stem(task, index, attempt) + "." + stream;
    }

    private static String stem(String task, int index, int attempt) {
        return folder(task) + "/" + index + "-" + attempt;
    }

    /** Tasks submitted from outside may be called anything; a name must not lead elsewhere. */
    private static String folder(String task) {
        String safe = UNSAFE.matcher(task).replaceAll("_");
        return safe.isEmpty() || safe.startsWith(".") ? "_" + safe : safe;
    }
}
