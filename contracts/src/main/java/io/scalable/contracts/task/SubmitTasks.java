package io.scalable.contracts.task;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.scalable.contracts.Payload;
import io.scalable.contracts.Work;
import io.scalable.contracts.task.TaskCommand.KnownResult;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.topic.Batch;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Run many like tasks: as one {@link SubmitTask} for each item, with what they share written once.
 * Fields mean what they mean there.
 *
 * @param task the tasks' name; the tag where it is missing
 * @param work what to run; null where each item says its own
 * @param needs ids of tasks that must succeed first, for items that do not say their own
 * @param traceparent for items that do not say their own
 * @param items what differs, at least one
 */
public record SubmitTasks(
        String deploymentId,
        @JsonProperty(defaultValue = "") String task,
        String tag,
        @Nullable Work work,
        @JsonProperty(defaultValue = "[]") List<String> needs,
        @JsonProperty(defaultValue = "0") int priority,
        @JsonProperty(defaultValue = "0") int retries,
        @Nullable Double timeoutSeconds,
        @Nullable Double expectSeconds,
        @Nullable String traceparent,
        List<Item> items)
        implements TaskCommandRecord, Batch<SubmitTask> {

    public SubmitTasks {
        needs = needs == null ? List.of() : List.copyOf(needs);
        task = task == null ? tag : task;
        items = List.copyOf(items);
        for (Item item : items) {
            if (work == null && item.work() == null) {
                throw new IllegalArgumentException(
                        "work: task " + item.taskId() + " says none, and there is none for all");
            }
        }
    }

    /**
     * Puts tasks together that are alike.
     *
     * @param tasks at least one, each {@link #alike} the first
     */
    public static SubmitTasks of(List<SubmitTask> tasks) {
        SubmitTask first = tasks.getFirst();
        boolean oneTrace =
                tasks.stream().allMatch(t -> Objects.equals(t.traceparent(), first.traceparent()));
        return new SubmitTasks(
                first.deploymentId(),
                first.task(),
                first.tag(),
                first.work(),
                first.needs(),
                first.priority(),
                first.retries(),
                first.timeoutSeconds(),
                first.expectSeconds(),
                oneTrace ? first.traceparent() : null,
                tasks.stream().map(task -> item(task, first, oneTrace)).toList());
    }

    private static Item item(SubmitTask task, SubmitTask first, boolean oneTrace) {
        return new Item(
                task.taskId(),
                task.index(),
                task.input(),
                task.work().equals(first.work()) ? null : task.work(),
                task.needs().equals(first.needs()) ? null : task.needs(),
                oneTrace ? null : task.traceparent(),
                task.known());
    }

    /** True if two tasks differ in nothing but what an item may say. */
    public static boolean alike(SubmitTask a, SubmitTask b) {
        return a.deploymentId().equals(b.deploymentId())
                && a.task().equals(b.task())
                && a.tag().equals(b.tag())
                && a.priority() == b.priority()
                && a.retries() == b.retries()
                && Objects.equals(a.timeoutSeconds(), b.timeoutSeconds())
                && Objects.equals(a.expectSeconds(), b.expectSeconds());
    }

    /**
     * One of the tasks.
     *
     * @param index the item's place among the tasks of the same name, from 0
     * @param work what to run; null for what all do
     * @param needs null for what all need
     * @param traceparent null for the trace of all
     * @param known how it ended in an earlier life of the run; null for a task that is to be run
     */
    public record Item(
            String taskId,
            @JsonProperty(defaultValue = "0") int index,
            @JsonProperty(defaultValue = "") Payload input,
            @Nullable Work work,
            @Nullable List<String> needs,
            @Nullable String traceparent,
            @Nullable KnownResult known) {
        public Item {
            input = input == null ? Payload.none() : input;
            needs = needs == null ? null : List.copyOf(needs);
        }
    }

    @Override
    @JsonIgnore
    public List<SubmitTask> parts() {
        return items.stream().map(this::part).toList();
    }

    private SubmitTask part(Item item) {
        Work own = item.work() == null ? work : item.work();
        return new SubmitTask(
                deploymentId,
                item.taskId(),
                task,
                tag,
                item.index(),
                Objects.requireNonNull(own, "checked when it was made"),
                item.input(),
                item.needs() == null ? needs : item.needs(),
                priority,
                retries,
                timeoutSeconds,
                expectSeconds,
                item.traceparent() == null ? traceparent : item.traceparent(),
                item.known());
    }
}
