package io.scalable.dispatcher.domain;

import io.scalable.contracts.task.TaskCommand.SubmitTask;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How needs are written: a task's id, or {@code <deployment>/<task>/*} for all of a name. */
final class Needs {

    private static final String ALL = "/*";

    private Needs() {}

    /** What a task needs, each once, in its order. */
    static Set<String> of(SubmitTask spec) {
        return new LinkedHashSet<>(spec.needs());
    }

    static boolean isGroup(String need) {
        return need.endsWith(ALL);
    }

    /** The task name that a group need speaks of. */
    static String nameOf(String groupNeed) {
        int end = groupNeed.length() - ALL.length();
        return groupNeed.substring(groupNeed.lastIndexOf('/', end - 1) + 1, end);
    }

    /**
     * The deployment that a need speaks of, if it has the form {@code <deployment>/<task>/<index>}
     * or {@code <deployment>/<task>/*}; null otherwise.
     */
    static @Nullable String deploymentOf(String need) {
        int last = need.lastIndexOf('/');
        int first = need.indexOf('/');
        if (first <= 0 || last - first < 2 || need.indexOf('/', first + 1) != last) {
            return null;
        }
        String tail = need.substring(last + 1);
        boolean index = !tail.isEmpty() && tail.chars().allMatch(c -> c >= '0' && c <= '9');
        return index || tail.equals("*") ? need.substring(0, first) : null;
    }

    /** The group need that this task is counted for; null if its id is not of that form. */
    static @Nullable String groupOf(TaskIds ids, TaskEntry entry) {
        String id = entry.taskId();
        return ids.isIndexed(entry) ? id.substring(0, id.lastIndexOf('/')) + ALL : null;
    }
}
