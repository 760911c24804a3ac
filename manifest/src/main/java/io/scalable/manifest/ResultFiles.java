package io.scalable.manifest;

import io.scalable.contracts.Work;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds commands that write the same {@code result} file: one's result would be read as the
 * other's. Tasks of which one needs the other may share a file, since they never run at once.
 */
final class ResultFiles {

    private final Map<String, TaskDefinition> tasks;
    private final Map<String, Writer> writers = new HashMap<>();

    private record Writer(TaskDefinition task, int index) {
        String told(boolean alone) {
            return alone
                    ? "task '" + task.name() + "'"
                    : "item " + index + " of '" + task.name() + "'";
        }
    }

    private ResultFiles(Map<String, TaskDefinition> tasks) {
        this.tasks = tasks;
    }

    static void check(Map<String, TaskDefinition> tasks) {
        var files = new ResultFiles(tasks);
        tasks.values().forEach(files::check);
    }

    private void check(TaskDefinition task) {
        if (!(task.work() instanceof Work.Command(var _, @Nullable String template))
                || template == null) {
            return;
        }
        for (int index = 0; index < task.items().size(); index++) {
            String file = plain(ItemText.replace(template, task.items().get(index)));
            var writer = new Writer(task, index);
            Writer other = writers.putIfAbsent(file, writer);
            if (other != null && (other.task() == task || !ordered(other.task(), task))) {
                tell(file, other, writer);
                return;
            }
        }
    }

    private void tell(String file, Writer first, Writer second) {
        Field result =
                Objects.requireNonNull(
                        second.task().field().section(ManifestKeys.TASK).given("result"));
        boolean one = first.task() == second.task();
        result.error(
                Code.E_RESULT_CLASH,
                first.told(!one && first.task().items().size() == 1)
                        + " and "
                        + second.told(!one && second.task().items().size() == 1)
                        + " both write '"
                        + file
                        + "'; "
                        + (one ? "put {item}, or a key of it, into the name" : "name two files"));
    }

    /** The same file under its shortest name; only words, since links are not for us to follow. */
    private static String plain(String file) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : file.split("/")) {
            if (part.equals("..") && !parts.isEmpty() && !parts.getLast().equals("..")) {
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return (file.startsWith("/") ? "/" : "") + String.join("/", parts);
    }

    private boolean ordered(TaskDefinition one, TaskDefinition other) {
        return needs(one, other.name()) || needs(other, one.name());
    }

    /** True if {@code task} needs the one called {@code wanted}, be it through others. */
    private boolean needs(TaskDefinition task, String wanted) {
        Set<String> seen = new HashSet<>();
        Deque<TaskDefinition> open = new ArrayDeque<>();
        open.add(task);
        while (!open.isEmpty()) {
            for (var need : open.remove().needs()) {
                TaskDefinition parent = tasks.get(need.task());
                if (need.task().equals(wanted)) {
                    return true;
                }
                if (parent != null && seen.add(need.task())) {
                    open.add(parent);
                }
            }
        }
        return false;
    }
}
