package io.scalable.cli;

import io.scalable.client.inspect.DeploymentSource;
import io.scalable.client.inspect.DeploymentView;
import io.scalable.contracts.task.TaskHistory;
import io.scalable.manifest.Nearest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One run or deployment, by {@code --run-id}, and tasks of it by their names. */
final class RunSelection {

    private static final int NEAREST = 3;

    @Mixin SourceOptions sources;

    @Option(
            names = "--run-id",
            paramLabel = "R",
            description = "The run or deployment (default: the one that started last).")
    @Nullable String runId;

    DeploymentSource open() throws IOException {
        return sources.open();
    }

    DeploymentView find(DeploymentSource source) throws IOException {
        return sources.find(source, runId);
    }

    /** The same; the whole id of a task or worker says of which run it is. */
    DeploymentView find(DeploymentSource source, String named) throws IOException {
        int slash = named.indexOf('/');
        if (runId == null && slash > 0 && named.indexOf('/', slash + 1) > 0) {
            Optional<DeploymentView> found = source.find(named.substring(0, slash));
            if (found.isPresent()) {
                return found.get();
            }
        }
        return find(source);
    }

    /**
     * The task that {@code named} means: a whole id, {@code fit/3}, or {@code fit} for the only
     * one.
     *
     * @throws UserException if it means none, or several
     */
    static TaskHistory task(DeploymentView run, List<TaskHistory> tasks, String named) {
        String id = run.deploymentId() + "/" + named;
        String first = id + "/0";
        List<TaskHistory> ofName = tasks.stream().filter(t -> t.task().equals(named)).toList();
        return tasks.stream()
                .filter(t -> t.taskId().equals(named) || t.taskId().equals(id))
                .findFirst()
                .or(() -> ofName.size() == 1 ? Optional.of(ofName.getFirst()) : Optional.empty())
                .orElseThrow(
                        () ->
                                new UserException(
                                        ofName.isEmpty()
                                                ? unknown(run, tasks, named)
                                                : "%d tasks are called %s; name one, such as %s"
                                                        .formatted(
                                                                ofName.size(),
                                                                named,
                                                                shortName(run, first))));
    }

    private static String unknown(DeploymentView run, List<TaskHistory> tasks, String named) {
        List<String> names = tasks.stream().map(t -> shortName(run, t.taskId())).toList();
        return "run "
                + run.id()
                + " has no task '"
                + named
                + "'"
                + (names.isEmpty()
                        ? " on record; nothing was heard of any task yet"
                        : "; nearest: "
                                + String.join(", ", Nearest.closest(named, names, NEAREST)));
    }

    /** A task's id without the deployment's. */
    static String shortName(DeploymentView run, String taskId) {
        String prefix = run.deploymentId() + "/";
        return taskId.startsWith(prefix) ? taskId.substring(prefix.length()) : taskId;
    }
}
