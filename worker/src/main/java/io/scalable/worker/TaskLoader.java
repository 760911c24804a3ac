package io.scalable.worker;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where handlers come from: the component's own jars and folders in a class loader that sees
 * nothing of Scalable but {@code io.scalable.task}, or, without a classpath, the loader that the
 * worker's owner gave.
 */
final class TaskLoader implements AutoCloseable {

    private final ClassLoader classes;
    private final String description;

    private TaskLoader(ClassLoader classes, String description) {
        this.classes = classes;
        this.description = description;
    }

    /**
     * @param component for messages
     * @param classpath the component's jars and folders
     * @param taskParent the loader to use when {@code classpath} is empty
     */
    static TaskLoader of(String component, List<Path> classpath, ClassLoader taskParent) {
        if (classpath.isEmpty()) {
            return new TaskLoader(
                    taskParent,
                    "the classpath of the program (component '" + component + "' has none)");
        }
        var urls = new ArrayList<URL>();
        var places = new ArrayList<String>();
        for (Path place : classpath) {
            urls.add(url(place));
            places.add(place + (Files.exists(place) ? "" : " (missing)"));
        }
        return new TaskLoader(
                new ComponentLoader(component, urls, new TaskApi()),
                "the classpath of component '"
                        + component
                        + "' ("
                        + String.join(", ", places)
                        + ")");
    }

    ClassLoader classes() {
        return classes;
    }

    @Override
    public void close() {
        if (classes instanceof ComponentLoader own) {
            try {
                own.close();
            } catch (IOException e) {
                // The jars were only read; nothing is lost.
                System.getLogger(TaskLoader.class.getName())
                        .log(System.Logger.Level.DEBUG, "closing " + description, e);
            }
        }
    }

    /** For messages: which classpath it is. */
    @Override
    public String toString() {
        return description;
    }

    private static URL url(Path place) {
        try {
            return place.toAbsolutePath().toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("not a place for classes: " + place, e);
        }
    }

    /** The JDK and {@code io.scalable.task}. */
    private static final class TaskApi extends ClassLoader {

        private static final String VISIBLE = "io.scalable.task.";

        TaskApi() {
            super("scalable-task-api", ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            // Loaded by the worker's own loader, so that both sides mean the same @Task.
            return name.startsWith(VISIBLE)
                    ? Class.forName(name, false, TaskLoader.class.getClassLoader())
                    : super.findClass(name);
        }
    }
}
