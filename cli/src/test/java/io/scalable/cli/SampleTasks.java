package io.scalable.cli;

import io.scalable.task.Task;
import java.util.List;

/** Handlers of the end-to-end tests: workers find them by the components' class path. */
public final class SampleTasks {

    private SampleTasks() {}

    /** A text of {@code length} characters. */
    @Task
    public static String text(int length) {
        return "x".repeat(length);
    }

    /** How long the texts of the needed tasks are. */
    @Task
    public static List<Integer> lengths(List<String> texts) {
        return texts.stream().map(String::length).toList();
    }
}
