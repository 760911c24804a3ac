package io.scalable.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.Limits;
import io.scalable.contracts.Work;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code tasks}.
 *
 * @param components names of the components
 * @param foreach reads the items
 */
record TaskReader(Set<String> components, ForeachReader foreach) {

    Map<String, TaskDefinition> read(Section section) {
        Map<String, TaskDefinition> tasks = new LinkedHashMap<>();
        for (Field field : section.entries()) {
            Names.check(field);
            tasks.put(field.name(), task(field));
        }
        TaskGraph.check(tasks);
        ResultFiles.check(tasks);
        tasks.values().forEach(SizeCheck::check);
        return tasks;
    }

    private TaskDefinition task(Field field) {
        Section section = field.section(ManifestKeys.TASK);
        Field forEach = section.field("foreach");
        List<JsonNode> items = forEach == null ? ForeachReader.NO_ITEM : foreach.read(forEach);
        Work work = new WorkReader(forEach != null, items).read(section);
        Field cache = section.given("cache");
        var task =
                new TaskDefinition(
                        field.name(),
                        component(section),
                        work,
                        items,
                        NeedsReader.read(section),
                        integer(section.given("retries"), 0, Limits.RETRIES),
                        duration(section.given("timeout")),
                        duration(section.given("expect")),
                        integer(section.given("priority"), Integer.MIN_VALUE, Integer.MAX_VALUE),
                        cache != null && Boolean.TRUE.equals(cache.flag(Code.E_BAD_VALUE)),
                        ComponentReader.texts(section.section("outputs")),
                        field);
        section.refuseUnknown();
        return task;
    }

    private String component(Section section) {
        Field field = section.required("component", "the name of a component");
        String name = field == null ? null : field.text();
        if (field != null && name != null && !components.contains(name)) {
            field.error(
                    Code.E_UNKNOWN_COMPONENT,
                    "unknown component '" + name + "'" + Nearest.hint(name, components));
        }
        return name == null ? "" : name;
    }

    private static int integer(@Nullable Field field, int least, int most) {
        Integer number =
                field == null ? null : field.integer(new Type.Whole(least, most), Code.E_BAD_VALUE);
        return number == null ? 0 : number;
    }

    private static @Nullable Double duration(@Nullable Field field) {
        return field == null ? null : field.duration(Code.E_BAD_DURATION);
    }
}
