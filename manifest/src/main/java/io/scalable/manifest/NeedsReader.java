package io.scalable.manifest;

import io.scalable.manifest.TaskDefinition.NeedReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code needs}: a name, or a list of names and of {@code {task: name, group: key}}; {@code
 * group} beside it is meant for every entry without a group of its own.
 */
final class NeedsReader {

    private static final Code CODE = Code.E_BAD_NEEDS;
    private static final String WANTED = "a task's name, or a list of names";

    private NeedsReader() {}

    static List<NeedReference> read(Section task) {
        String group = task.text("group");
        Field field = task.given("needs");
        List<NeedReference> needs = new ArrayList<>();
        if (field == null) {
            if (group != null) {
                task.self().keyError(CODE, "'group' says which needed tasks are meant; add needs");
            }
            return needs;
        }
        List<Field> entries =
                field.value() instanceof Yaml.Items ? field.items(CODE, WANTED) : List.of(field);
        Set<String> named = new HashSet<>();
        for (Field entry : entries) {
            NeedReference need = entry(entry, group);
            if (need != null && !named.add(need.task())) {
                entry.error(CODE, "'" + need.task() + "' is needed twice");
            } else if (need != null) {
                needs.add(need);
            }
        }
        return needs;
    }

    private static @Nullable NeedReference entry(Field entry, @Nullable String group) {
        if (!(entry.value() instanceof Yaml.Fields)) {
            String name = entry.text(CODE, WANTED);
            return name == null ? null : new NeedReference(name, group, entry);
        }
        Section section = entry.section(ManifestKeys.NEED);
        Field task = section.required("task", "the name of a task");
        String own = section.text("group");
        section.refuseUnknown();
        String name = task == null ? null : task.text(CODE, "a task's name");
        return task == null || name == null
                ? null
                : new NeedReference(name, own == null ? group : own, task);
    }
}
