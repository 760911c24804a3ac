package io.scalable.dispatcher.domain;

import io.scalable.contracts.Ids;
import org.jspecify.annotations.Nullable;

/** The ids of one deployment's tasks that are {@code <deployment>/<task>/<index>}. */
final class TaskIds {

    private final String prefix;
    private final String deploymentId;

    TaskIds(String deploymentId) {
        this.deploymentId = deploymentId;
        this.prefix = deploymentId + "/";
    }

    /** The name and index that an id is made of. */
    record Indexed(String task, int index) {}

    String of(String task, int index) {
        return Ids.taskId(deploymentId, task, index);
    }

    /** True if the task's id is made of its name and index. */
    boolean isIndexed(TaskEntry entry) {
        Indexed parsed = parse(entry.taskId());
        return parsed != null && parsed.index == entry.index() && parsed.task.equals(entry.task());
    }

    /** The name and index that an id is made of; null for ids of another form. */
    @Nullable Indexed parse(String taskId) {
        int slash = taskId.lastIndexOf('/');
        if (slash <= prefix.length() || !taskId.startsWith(prefix)) {
            return null;
        }
        int index = index(taskId, slash + 1);
        return index < 0 ? null : new Indexed(taskId.substring(prefix.length(), slash), index);
    }

    /** The number from {@code from} to the end, as it would be written; -1 if there is none. */
    private static int index(String text, int from) {
        int digits = text.length() - from;
        if (digits < 1 || digits > 9 || (digits > 1 && text.charAt(from) == '0')) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
