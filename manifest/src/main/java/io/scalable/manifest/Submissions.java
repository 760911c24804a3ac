package io.scalable.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.Ids;
import io.scalable.contracts.Payload;
import io.scalable.contracts.Work;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.manifest.TaskDefinition.NeedReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Expands the tasks of a manifest into what is submitted.
 *
 * @param deploymentId begins every id
 */
record Submissions(String deploymentId, Map<String, TaskDefinition> tasks) {

    List<SubmitTask> all() {
        List<SubmitTask> all = new ArrayList<>();
        for (TaskDefinition task : tasks.values()) {
            if (task.work() != null) {
                expand(task, task.work(), all);
            }
        }
        return all;
    }

    private void expand(TaskDefinition task, Work work, List<SubmitTask> out) {
        var needs = task.needs().stream().map(this::idsFor).toList();
        for (int index = 0; index < task.items().size(); index++) {
            JsonNode item = task.items().get(index);
            out.add(
                    new SubmitTask(
                            deploymentId,
                            Ids.taskId(deploymentId, task.name(), index),
                            task.name(),
                            task.component(),
                            index,
                            filled(work, item),
                            Payload.of(item),
                            needs.stream().flatMap(ids -> ids.apply(item).stream()).toList(),
                            task.priority(),
                            task.retries(),
                            task.timeoutSeconds(),
                            task.expectSeconds()));
        }
    }

    /**
     * The ids that a need means for an item. A task that expands to nothing is needed as a whole:
     * then its results are told to be none.
     */
    private Function<JsonNode, List<String>> idsFor(NeedReference need) {
        TaskDefinition parent = Objects.requireNonNull(tasks.get(need.task()));
        String key = need.groupKey();
        if (key == null || parent.items().isEmpty()) {
            List<String> all = List.of(deploymentId + "/" + parent.name() + "/*");
            return _ -> all;
        }
        var grouped = new GroupedNeed(key, parent.items());
        return item ->
                grouped.parentsOf(item).stream()
                        .map(index -> Ids.taskId(deploymentId, parent.name(), index))
                        .toList();
    }

    private static Work filled(Work work, JsonNode item) {
        if (!(work instanceof Work.Command(List<String> argv, String resultFile))) {
            return work;
        }
        return new Work.Command(
                argv.stream().map(argument -> ItemText.replace(argument, item)).toList(),
                resultFile == null ? null : ItemText.replace(resultFile, item));
    }
}
