package io.scalable.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.Limits;
import io.scalable.manifest.TaskDefinition.NeedReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks of a parent are meant by a need with {@code group: key}: those whose item has the
 * same value for that key.
 */
final class GroupedNeed {

    private final String key;
    private final Map<String, List<Integer>> parents = new HashMap<>();

    GroupedNeed(String key, List<JsonNode> parentItems) {
        this.key = key;
        for (int index = 0; index < parentItems.size(); index++) {
            parents.computeIfAbsent(value(parentItems.get(index), key), _ -> new ArrayList<>())
                    .add(index);
        }
    }

    /** The parent's indices, ascending; none if no parent has the item's value. */
    List<Integer> parentsOf(JsonNode item) {
        return parents.getOrDefault(value(item, key), List.of());
    }

    static void check(TaskDefinition task, NeedReference need, TaskDefinition parent) {
        String key = need.groupKey();
        if (key == null || task.items().isEmpty() || parent.items().isEmpty()) {
            return;
        }
        String lacking = lacking(key, task);
        lacking = lacking == null ? lacking(key, parent) : lacking;
        if (lacking != null) {
            need.field().error(Code.E_BAD_GROUP, lacking);
            return;
        }
        var grouped = new GroupedNeed(key, parent.items());
        for (JsonNode item : task.items()) {
            int count = grouped.parentsOf(item).size();
            if (count > Limits.NEEDS) {
                SizeCheck.tooLarge(
                        need.field(),
                        "the group " + key + " = " + value(item, key),
                        count,
                        "tasks of '" + parent.name() + "'",
                        Limits.NEEDS,
                        "; gather in two steps");
                return;
            }
            if (grouped.parentsOf(item).isEmpty()) {
                need.field()
                        .error(
                                Code.E_BAD_GROUP,
                                "no item of '"
                                        + parent.name()
                                        + "' has "
                                        + key
                                        + " = "
                                        + value(item, key));
                return;
            }
        }
    }

    private static @Nullable String lacking(String key, TaskDefinition task) {
        for (int index = 0; index < task.items().size(); index++) {
            if (ItemText.value(task.items().get(index), key).isMissingNode()) {
                return "group '"
                        + key
                        + "': item "
                        + index
                        + " of '"
                        + task.name()
                        + "' has no such key";
            }
        }
        return null;
    }

    private static String value(JsonNode item, String key) {
        return CanonicalJson.of(ItemText.value(item, key));
    }
}
