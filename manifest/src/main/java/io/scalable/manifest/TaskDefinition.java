package io.scalable.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.Work;
import io.scalable.contracts.deployment.Need;
import io.scalable.contracts.deployment.TaskGroup;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One of the manifest's {@code tasks}.
 *
 * @param work what each task does, with {@code {item}} not yet replaced; null is planned only
 * @param items one for each task that it expands to; a single JSON null without {@code foreach}
 * @param timeoutSeconds null for none
 * @param expectSeconds null without a hint
 * @param field where it stands
 */
record TaskDefinition(
        String name,
        String component,
        @Nullable Work work,
        List<JsonNode> items,
        List<NeedReference> needs,
        int retries,
        @Nullable Double timeoutSeconds,
        @Nullable Double expectSeconds,
        int priority,
        boolean cache,
        Map<String, String> outputs,
        Field field) {

    /** One entry of {@code needs} and where it stands. */
    record NeedReference(String task, @Nullable String groupKey, Field field) {
        Need need() {
            return new Need(task, groupKey);
        }
    }

    TaskGroup group() {
        List<Need> edges = needs.stream().map(NeedReference::need).toList();
        return new TaskGroup(name, component, items.size(), edges, expectSeconds, work != null);
    }
}
