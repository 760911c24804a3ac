package io.scalable.client.report;

import io.scalable.client.run.FailureRecord;
import io.scalable.contracts.task.FailureClass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Failed attempts of one task name with the same cause.
 *
 * @param task the task's name
 * @param failureClass why they failed
 * @param type the exception's class name, or {@code exit 3}, {@code signal 9}
 * @param message what went wrong
 * @param attempts how many attempts failed so
 * @param tasks how many tasks failed for good with it
 * @param example the first task it happened to
 * @param log the standard error of an attempt it happened to; null if there is none at hand
 */
public record FailureGroup(
        String task,
        FailureClass failureClass,
        String type,
        String message,
        int attempts,
        int tasks,
        String example,
        @Nullable String log) {

    private record Cause(String task, FailureClass failureClass, String type, String message) {}

    /** Groups of what failed most first. */
    static List<FailureGroup> of(List<FailureRecord> failures) {
        var byCause = new LinkedHashMap<Cause, List<FailureRecord>>();
        for (FailureRecord failure : failures) {
            var why = failure.failure();
            var cause = new Cause(failure.task(), why.failureClass(), why.type(), why.message());
            byCause.computeIfAbsent(cause, _ -> new ArrayList<>()).add(failure);
        }
        var out = new ArrayList<FailureGroup>();
        byCause.forEach((cause, members) -> out.add(group(cause, members)));
        out.sort(
                Comparator.comparingInt(FailureGroup::tasks)
                        .thenComparingInt(FailureGroup::attempts)
                        .reversed());
        return List.copyOf(out);
    }

    private static FailureGroup group(Cause cause, List<FailureRecord> members) {
        String log = null;
        for (FailureRecord member : members) {
            log = log == null ? member.log() : log;
        }
        return new FailureGroup(
                cause.task(),
                cause.failureClass(),
                cause.type(),
                cause.message(),
                members.size(),
                (int) members.stream().filter(FailureRecord::gaveUp).count(),
                members.getFirst().taskId(),
                log);
    }
}
