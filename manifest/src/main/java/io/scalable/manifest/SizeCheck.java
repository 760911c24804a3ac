package io.scalable.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.Limits;
import io.scalable.contracts.Work;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Finds tasks that are larger than what a record or a program's arguments can be, see {@link
 * Limits}, and those that no program can be given at all. Of each task the first is told.
 */
final class SizeCheck {

    /** No character takes more bytes in UTF-8 or as JSON (an escape). */
    private static final int BYTES_OF_A_CHARACTER = 6;

    /** Bytes of a task's record beside its item, command and needs: ids, names, numbers. */
    private static final int REST = 8 * 1024;

    private static final String NUL = "the character U+0000, which no program can be given";

    private static final String FILES = "; write what is large into files and hand on their names";

    private final TaskDefinition task;
    private final Section section;

    private SizeCheck(TaskDefinition task) {
        this.task = task;
        this.section = task.field().section(ManifestKeys.TASK);
    }

    static void check(TaskDefinition task) {
        new SizeCheck(task).check();
    }

    private void check() {
        List<String> argv =
                task.work() instanceof Work.Command command ? command.argv() : List.of();
        if (argv.size() > Limits.ARGV_WORDS) {
            tooLarge(
                    field("command"),
                    "the command",
                    argv.size(),
                    "arguments",
                    Limits.ARGV_WORDS,
                    FILES);
            return;
        }
        if (argv.stream().anyMatch(word -> word.indexOf('\0') >= 0)) {
            field("command").error(Code.E_BAD_COMMAND, "an argument holds " + NUL);
            return;
        }
        long template = argv.stream().mapToLong(String::length).sum();
        for (int index = 0; index < task.items().size(); index++) {
            JsonNode item = task.items().get(index);
            long length = length(item);
            // Most items are far from any limit: nothing is made of them.
            long most = (template + length * (1L + argv.size())) * BYTES_OF_A_CHARACTER;
            if (most > Limits.ARGV_WORD_BYTES && !fits(index, item, argv)) {
                return;
            }
            if (!argv.isEmpty() && holdsNul(item)) {
                field("foreach").error(Code.E_BAD_ITEM, "item " + index + " holds " + NUL);
                return;
            }
        }
    }

    private boolean fits(int index, JsonNode item, List<String> argv) {
        long all = 0;
        for (int word = 0; word < argv.size(); word++) {
            int bytes = bytes(ItemText.replace(argv.get(word), item));
            all += bytes;
            if (bytes > Limits.ARGV_WORD_BYTES) {
                Field field = field("command").items(Code.E_BAD_COMMAND, "a list").get(word);
                String what = "argument " + word + of(index);
                tooLarge(field, what, bytes, "bytes", Limits.ARGV_WORD_BYTES, FILES);
                return false;
            }
        }
        if (all > Limits.ARGV_BYTES) {
            tooLarge(
                    field("command"),
                    "the command" + of(index),
                    all,
                    "bytes",
                    Limits.ARGV_BYTES,
                    FILES);
            return false;
        }
        long record = all + bytes(item.toString()) + REST;
        if (record > Limits.TASK_RECORD_BYTES) {
            String what = "the record" + of(index) + " with its item";
            tooLarge(field("foreach"), what, record, "bytes", Limits.TASK_RECORD_BYTES, FILES);
            return false;
        }
        return true;
    }

    private static boolean holdsNul(JsonNode item) {
        return item.isContainerNode()
                ? item.toString().contains("\\u0000")
                : item.asText().indexOf('\0') >= 0;
    }

    private String of(int index) {
        return task.items().size() == 1
                ? " of task '" + task.name() + "'"
                : " of task '" + task.name() + "' for item " + index;
    }

    private Field field(String key) {
        Field field = section.given(key);
        return field == null ? task.field() : field;
    }

    /** Records that something is beyond a limit: what, how much was found, and how much may be. */
    static void tooLarge(
            Field field, String what, long found, String unit, long most, String hint) {
        field.error(
                Code.E_TOO_LARGE,
                "%s has %d %s, at most %d are taken%s".formatted(what, found, unit, most, hint));
    }

    private static long length(JsonNode item) {
        return item.isContainerNode() ? item.toString().length() : item.asText().length();
    }

    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
