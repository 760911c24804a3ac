package io.scalable.client;

import io.scalable.contracts.Work;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the manifest's tasks say of their handlers: the SDK's tasks with the same handler share
 * their name, so that durations learned in one way of running count in the other, their expected
 * duration, and their component where no tag is given.
 */
final class TaskHints {

    private final Map<String, SubmitTask> byHandler = new HashMap<>();

    /**
     * @param manifestTasks the manifest's tasks; the first with a handler speaks for it
     */
    TaskHints(List<SubmitTask> manifestTasks) {
        for (SubmitTask task : manifestTasks) {
            if (task.work() instanceof Work.Handler(String method)) {
                byHandler.putIfAbsent(method, task);
            }
        }
    }

    String name(TaskMethod method) {
        SubmitTask known = byHandler.get(method.handler());
        return known == null ? method.name() : known.task();
    }

    @Nullable Double expectSeconds(TaskMethod method) {
        SubmitTask known = byHandler.get(method.handler());
        return known == null ? null : known.expectSeconds();
    }

    /**
     * The tag to route by.
     *
     * @throws IllegalArgumentException if none was given and the manifest does not know the handler
     */
    String tag(TaskMethod method, @Nullable String given) {
        SubmitTask known = byHandler.get(method.handler());
        if (given != null) {
            return given;
        }
        if (known != null) {
            return known.tag();
        }
        throw new IllegalArgumentException(
                method.handler()
                        + " is no task of the manifest: say which component runs it, with"
                        + " tag(\"COMPONENT\")");
    }
}
