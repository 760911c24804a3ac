package io.scalable.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.Work;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a task does: {@code handler} or {@code command}, and {@code result}.
 *
 * @param hasItems false without {@code foreach}
 * @param items the task's items, to check {@code {item.key}} against
 */
record WorkReader(boolean hasItems, List<JsonNode> items) {

    private static final String NAME = "[\\p{L}_$][\\p{L}\\p{N}_$]*";
    private static final Pattern METHOD = Pattern.compile(NAME + "(\\." + NAME + ")*::" + NAME);

    /** Null for a task that is planned only, and after a problem. */
    @Nullable Work read(Section task) {
        Field handler = task.field("handler");
        Field command = task.field("command");
        Field result = task.given("result");
        if (handler != null && command != null) {
            command.keyError(
                    Code.E_HANDLER_AND_COMMAND, "a task has a handler or a command, not both");
        }
        if (result != null && command == null) {
            result.keyError(
                    Code.E_BAD_VALUE, "'result' names a command's file; this task has no command");
        }
        if (handler != null) {
            return handler(handler);
        }
        return command == null ? null : command(command, result);
    }

    private static @Nullable Work handler(Field field) {
        String wanted = "a method: package.Class::method";
        String method = field.text(Code.E_BAD_HANDLER, wanted);
        if (method == null) {
            return null;
        }
        if (!METHOD.matcher(method).matches()) {
            field.wrong(Code.E_BAD_HANDLER, wanted);
            return null;
        }
        return new Work.Handler(method);
    }

    private @Nullable Work command(Field field, @Nullable Field result) {
        String wanted = "a list: [program, argument, ...]; for a shell write [sh, -c, \"...\"]";
        List<Field> arguments = field.items(Code.E_BAD_COMMAND, wanted);
        if (field.value() instanceof Yaml.Items && arguments.isEmpty()) {
            field.wrong(Code.E_BAD_COMMAND, wanted);
        }
        List<String> argv =
                arguments.stream()
                        .map(
                                argument ->
                                        argument.text(Code.E_BAD_COMMAND, argumentWanted(argument)))
                        .filter(Objects::nonNull)
                        .toList();
        if (arguments.isEmpty() || argv.size() < arguments.size()) {
            return null;
        }
        if (argv.getFirst().isBlank()) {
            arguments.getFirst().wrong(Code.E_BAD_COMMAND, "a program");
        }
        arguments.forEach(this::checkItems);
        String file = result == null ? null : result.text();
        if (result != null) {
            checkItems(result);
        }
        return new Work.Command(argv, file);
    }

    /** An {@code {item}} without quotes is a map to YAML. */
    private static String argumentWanted(Field argument) {
        return argument.value() instanceof Yaml.Fields
                ? "a text (write '{item}' with quotes)"
                : "a text";
    }

    private void checkItems(Field field) {
        String template = field.value() instanceof Yaml.Scalar scalar ? scalar.text() : "";
        if (!hasItems && ItemText.mentionsItem(template)) {
            field.error(Code.E_BAD_ITEM, "{item} stands for nothing: this task has no foreach");
            return;
        }
        for (int index = 0; index < items.size(); index++) {
            String missing = ItemText.missingKey(template, items.get(index));
            if (missing != null) {
                field.error(Code.E_BAD_ITEM, "item " + index + " has no key '" + missing + "'");
                return;
            }
        }
    }
}
