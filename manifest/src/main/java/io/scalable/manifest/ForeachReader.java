package io.scalable.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.scalable.contracts.Limits;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code foreach} into items: a list as it stands, {@code {range: [from, to]}} without {@code
 * to}, {@code {glob: pattern}}, {@code {lines: file}}, {@code {matrix: {key: list or range}}}.
 *
 * @param folder what patterns and files are relative to
 */
record ForeachReader(Path folder) {

    /** The item of a task without {@code foreach}. */
    static final List<JsonNode> NO_ITEM = List.of(NullNode.getInstance());

    /** The most tasks that one name expands to. */
    static final int MOST = Limits.TASKS_OF_A_NAME;

    private static final Code CODE = Code.E_BAD_FOREACH;
    private static final String WANTED =
            "a list, {range: [from, to]}, {glob: pattern}, {lines: file} or {matrix: {key: list}}";

    /** The items in order; none after a problem, or if there are none. */
    List<JsonNode> read(Field foreach) {
        List<JsonNode> items = items(foreach, true);
        if (items == null) {
            return List.of();
        }
        if (items.isEmpty()) {
            foreach.problems()
                    .add(
                            Code.W_EMPTY_FOREACH,
                            foreach.path(),
                            foreach.value().at(),
                            "there are no items, so nothing will run");
        }
        return List.copyOf(items);
    }

    /** Null after a problem. */
    private @Nullable List<JsonNode> items(Field field, boolean matrixAllowed) {
        if (field.value() instanceof Yaml.Items list) {
            return list.values().stream().map(YamlJson::of).toList();
        }
        if (!(field.value() instanceof Yaml.Fields map) || map.entries().size() != 1) {
            field.wrong(CODE, WANTED);
            return null;
        }
        Shape shape = matrixAllowed ? ManifestKeys.FOREACH : ManifestKeys.VALUES;
        Section section = field.section(shape);
        Field range = section.field("range");
        Field glob = section.field("glob");
        Field lines = section.field("lines");
        Field matrix = matrixAllowed ? section.field("matrix") : null;
        section.refuseUnknown();
        if (range != null) {
            return range(range);
        }
        if (glob != null) {
            List<JsonNode> found = texts(glob, ItemFiles::glob);
            warnOfFolders(glob, found == null ? List.of() : found);
            return found;
        }
        if (lines != null) {
            return texts(lines, ItemFiles::lines);
        }
        return matrix == null ? null : matrix(matrix);
    }

    private static @Nullable List<JsonNode> range(Field field) {
        String wanted = "[from, to], two whole numbers with from <= to; to is left out";
        List<Field> ends = field.items(CODE, wanted);
        if (!(field.value() instanceof Yaml.Items)) {
            return null;
        }
        BigDecimal from = ends.size() == 2 ? whole(ends.getFirst()) : null;
        BigDecimal to = ends.size() == 2 ? whole(ends.getLast()) : null;
        if (from == null || to == null || from.compareTo(to) > 0) {
            field.wrong(CODE, wanted);
            return null;
        }
        if (to.subtract(from).compareTo(BigDecimal.valueOf(MOST)) > 0) {
            return tooMany(field);
        }
        List<JsonNode> items = new ArrayList<>();
        for (BigDecimal n = from; n.compareTo(to) < 0; n = n.add(BigDecimal.ONE)) {
            items.add(YamlJson.integer(n));
        }
        return items;
    }

    private static @Nullable BigDecimal whole(Field field) {
        boolean integer =
                field.value() instanceof Yaml.Scalar scalar && scalar.kind() == Yaml.Kind.INTEGER;
        return integer ? field.number() : null;
    }

    private @Nullable List<JsonNode> texts(Field field, ItemFiles.Reader reader) {
        String text = field.text(CODE, "a text");
        if (text == null) {
            return null;
        }
        try {
            List<String> found = reader.read(folder, text);
            return found.size() > MOST
                    ? tooMany(field)
                    : found.stream().<JsonNode>map(TextNode::valueOf).toList();
        } catch (ItemFiles.UnusableException e) {
            field.error(CODE, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** Who writes {@code data/*} may not think of the folders in it. */
    private void warnOfFolders(Field glob, List<JsonNode> found) {
        List<String> folders =
                found.stream()
                        .map(JsonNode::asText)
                        .filter(name -> Files.isDirectory(folder.resolve(name)))
                        .toList();
        if (!folders.isEmpty() && folders.size() < found.size()) {
            glob.problems()
                    .add(
                            Code.W_GLOB_FOLDERS,
                            glob.path(),
                            glob.value().at(),
                            "%d of %d items are folders, such as '%s'; a / at the end takes folders only, *.csv or the like files"
                                    .formatted(folders.size(), found.size(), folders.getFirst()));
        }
    }

    private @Nullable List<JsonNode> matrix(Field field) {
        List<Field> keys = field.section().entries();
        if (keys.isEmpty()) {
            if (field.value() instanceof Yaml.Fields || field.value().isNull()) {
                field.wrong(CODE, "a map of keys with at least one");
            }
            return null;
        }
        List<ObjectNode> rows = List.of(JsonNodeFactory.instance.objectNode());
        boolean sound = true;
        for (Field key : keys) {
            List<JsonNode> values = items(key, false);
            sound &= values != null;
            if (values != null && (long) rows.size() * values.size() > MOST) {
                return tooMany(field);
            }
            if (values != null) {
                rows = product(rows, key.name(), values);
            }
        }
        return sound ? List.copyOf(rows) : null;
    }

    private static List<ObjectNode> product(
            List<ObjectNode> rows, String key, List<JsonNode> values) {
        return rows.stream()
                .flatMap(row -> values.stream().map(value -> with(row, key, value)))
                .toList();
    }

    private static ObjectNode with(ObjectNode row, String key, JsonNode value) {
        ObjectNode wider = JsonNodeFactory.instance.objectNode();
        wider.setAll(row);
        wider.set(key, value);
        return wider;
    }

    private static @Nullable List<JsonNode> tooMany(Field field) {
        field.error(CODE, "more than " + MOST + " items; put more work into each");
        return null;
    }
}
