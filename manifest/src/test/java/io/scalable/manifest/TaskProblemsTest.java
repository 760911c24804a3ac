package io.scalable.manifest;

import static io.scalable.manifest.ManifestTester.load;
import static io.scalable.manifest.ManifestTester.onlyError;
import static io.scalable.manifest.ManifestTester.warning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskProblemsTest {

    private static String tasks(String tasks) {
        return "version: 1\ncomponents: {fit: {}}\ntasks:\n" + tasks.indent(2);
    }

    private static String task(String entry) {
        return tasks("a:\n  component: fit\n  " + entry);
    }

    @Test
    void aTaskNeedsAKnownComponent() {
        Problem problem = onlyError("E_UNKNOWN_COMPONENT", tasks("a: {component: §fti}"));

        assertThat(problem.path()).isEqualTo("tasks.a.component");
        assertThat(problem.message()).contains("did you mean 'fit'?");
    }

    @Test
    void aTaskNeedsAComponent() {
        onlyError("E_MISSING_KEY", tasks("§a: {handler: 'x.Y::z'}"));
    }

    @Test
    void aTaskHasAHandlerOrACommand() {
        onlyError("E_HANDLER_AND_COMMAND", task("handler: x.Y::z\n  §command: [ls]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x.Y.z", "'Y::'", "'::z'", "x.Y::z::w", "x Y::z", "[x]", "null", "'1.Y::z'"})
    void aHandlerIsAMethod(String handler) {
        Problem problem = onlyError("E_BAD_HANDLER", task("handler: §" + handler));

        assertThat(problem.message()).contains("package.Class::method");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"§ls -l", "§[]", "§{a: b}", "§null", "[§'']", "[ls, §[a]]", "[ls, §null]"})
    void aCommandIsAListOfTexts(String command) {
        onlyError("E_BAD_COMMAND", task("command: " + command));
    }

    @Test
    void aResultFileBelongsToACommand() {
        onlyError("E_BAD_VALUE", task("handler: x.Y::z\n  §result: out.json"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "retries: §-1",
                "retries: §1.5",
                "retries: §'1'",
                "priority: §high",
                "cache: §yes",
                "outputs: §[a]"
            })
    void aValueOfTheWrongKindIsTold(String entry) {
        onlyError("E_BAD_VALUE", task(entry));
    }

    @ParameterizedTest
    @ValueSource(strings = {"timeout: §0", "timeout: §soon", "expect: §-5", "expect: §5 parsecs"})
    void durationsAreChecked(String entry) {
        onlyError("E_BAD_DURATION", task(entry));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "§items.txt",
                "§null",
                "§7",
                "§{}",
                "§{range: [0, 1], glob: x}",
                "{range: §5}",
                "{range: §[1]}",
                "{range: §[3, 1]}",
                "{range: §[0, 1.5]}",
                "{range: §['0', 1]}",
                "{range: §[0, 1000000000000]}",
                "{lines: §no-such-file}",
                "{lines: §[a]}",
                "{glob: §'[z-'}",
                "{matrix: §{}}",
                "{matrix: {a: §5}}",
                "{matrix: §{a: {range: [0, 2000]}, b: {range: [0, 2000]}}}"
            })
    void aForeachThatCannotBeReadIsTold(String foreach) {
        onlyError("E_BAD_FOREACH", task("foreach: " + foreach));
    }

    @Test
    void anUnknownKindOfForeachNamesTheNearest() {
        assertThat(onlyError("E_UNKNOWN_KEY", task("foreach: {§rnage: [0, 1]}")).message())
                .contains("did you mean 'range'?");
    }

    @Test
    void aForeachWithoutItemsIsAWarning() {
        warning("W_EMPTY_FOREACH", task("foreach: §[]"));
        warning("W_EMPTY_FOREACH", task("foreach: §{glob: 'no-such-folder/*'}"));
    }

    @Test
    void anItemsKeyThatACommandUsesMustBeThere() {
        Problem problem =
                onlyError(
                        "E_BAD_ITEM",
                        task("foreach: [{k: 1}, {q: 2}]\n  command: [echo, §'{item.k}']"));

        assertThat(problem.message()).isEqualTo("item 1 has no key 'k'");
        assertThat(problem.path()).isEqualTo("tasks.a.command[1]");
    }

    @Test
    void anItemStandsForNothingWithoutForeach() {
        onlyError("E_BAD_ITEM", task("command: [echo, §'{item}']"));
    }

    @Test
    void anUnknownNeedNamesTheNearest() {
        Problem problem =
                onlyError(
                        "E_UNKNOWN_NEED",
                        tasks("fit: {component: fit}\njoin: {component: fit, needs: §fitt}"));

        assertThat(problem.message()).contains("did you mean 'fit'?");
    }

    @Test
    void tasksThatNeedEachOtherAreTold() {
        Problem problem =
                onlyError(
                        "E_NEED_CYCLE",
                        tasks(
                                """
                                a: {component: fit, needs: b}
                                b: {component: fit, needs: [c]}
                                c: {component: fit, needs: [{task: §a}]}
                                """));

        assertThat(problem.message()).endsWith("a -> b -> c -> a");
    }

    @Test
    void aTaskDoesNotNeedItself() {
        onlyError("E_NEED_CYCLE", task("needs: §a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[§[a]]", "[§null]", "{task: §[b]}"})
    void needsAreNames(String needs) {
        onlyError(
                "E_BAD_NEEDS",
                tasks("b: {component: fit}\na: {component: fit, needs: " + needs + "}"));
    }

    @Test
    void anEntryOfNeedsHasATask() {
        onlyError("E_MISSING_KEY", tasks("a: {component: fit, needs: [§{group: k}]}"));
        onlyError(
                "E_UNKNOWN_KEY",
                tasks("b: {component: fit}\na: {component: fit, needs: {task: b, §grup: k}}"));
    }

    @Test
    void aTaskIsNeededOnce() {
        onlyError("E_BAD_NEEDS", tasks("b: {component: fit}\na: {component: fit, needs: [b, §b]}"));
    }

    @Test
    void aGroupWantsNeeds() {
        onlyError("E_BAD_NEEDS", tasks("§a: {component: fit, group: k}"));
    }

    @Test
    void aGroupsKeyIsInTheItemsOfBoth() {
        Problem child =
                onlyError(
                        "E_BAD_GROUP",
                        tasks(
                                """
                                a: {component: fit, foreach: [{k: 1}]}
                                b: {component: fit, foreach: [{k: 1}, 7], needs: §a, group: k}
                                """));
        Problem parent =
                onlyError(
                        "E_BAD_GROUP",
                        tasks(
                                """
                                a: {component: fit, foreach: [1, 2]}
                                b: {component: fit, foreach: [{k: 1}], needs: §a, group: k}
                                """));

        assertThat(child.message()).contains("item 1 of 'b'");
        assertThat(parent.message()).contains("item 0 of 'a'");
    }

    @Test
    void aGroupWithoutParentsIsTold() {
        Problem problem =
                onlyError(
                        "E_BAD_GROUP",
                        tasks(
                                """
                                a: {component: fit, foreach: [{k: x}]}
                                b: {component: fit, foreach: [{k: y}], needs: [{task: §a, group: k}]}
                                """));

        assertThat(problem.message()).isEqualTo("no item of 'a' has k = \"y\"");
    }

    @Test
    void whatRunsCannotNeedWhatIsOnlyPlanned() {
        onlyError(
                "E_UNRUNNABLE_NEED",
                tasks("a: {component: fit}\nb: {component: fit, needs: §a, command: [ls]}"));
    }

    @Test
    void aThousandTasksInAChainAreNoCycle() {
        var chain = new StringBuilder("t0: {component: fit}\n");
        for (int i = 1; i < 1000; i++) {
            chain.append("t%d: {component: fit, needs: t%d}\n".formatted(i, i - 1));
        }

        assertThat(load(tasks(chain.toString())).errors()).isEmpty();
    }

    @Test
    void anUnknownKeyIsTold() {
        onlyError("E_UNKNOWN_KEY", task("§retry: 1"));
    }

    private static String twoWriters(String first, String second) {
        return "version: 1\ntargets: {t: {provider: local}}\ncomponents: {c: {}}\ntasks:\n"
                + "  a: {component: c, command: [ls], "
                + first
                + "}\n  b: {component: c, command: [ls], "
                + second
                + "}\n";
    }

    @Test
    void twoItemsThatWriteOneResultFileAreTold() {
        Problem problem =
                onlyError(
                        "E_RESULT_CLASH",
                        twoWriters(
                                "foreach: [{k: x, n: 1}, {k: y, n: 2}, {k: x, n: 3}],"
                                        + " result: §'out/./{item.k}.json'",
                                "result: b.json"));

        assertThat(problem.message())
                .isEqualTo(
                        "item 0 of 'a' and item 2 of 'a' both write 'out/x.json'; put {item}, or a"
                                + " key of it, into the name");
    }

    @Test
    void twoTasksThatWriteOneResultFileAreToldUnlessOneNeedsTheOther() {
        assertThat(
                        onlyError(
                                        "E_RESULT_CLASH",
                                        twoWriters("result: out.json", "result: §x/../out.json"))
                                .message())
                .isEqualTo("task 'a' and task 'b' both write 'out.json'; name two files");
        assertThat(load(twoWriters("result: out.json", "result: out.json, needs: a")).errors())
                .isEmpty();
        assertThat(load(twoWriters("result: ../out.json", "result: out.json")).errors()).isEmpty();
    }

    private static String command(String argument, int times, String items) {
        return tasks(
                "a:\n  component: fit\n  command: [ls"
                        + (", '" + argument + "'").repeat(times)
                        + "]\n  foreach: "
                        + items);
    }

    @Test
    void anArgumentBeyondTheLimitIsToldWithTaskItemAndSizes() {
        Problem problem =
                load(command("{item}", 1, "[short, '" + "x".repeat(140_000) + "']"))
                        .errors()
                        .getFirst();

        assertThat(problem.code()).isEqualTo("E_TOO_LARGE");
        assertThat(problem.path()).isEqualTo("tasks.a.command[1]");
        assertThat(problem.message())
                .isEqualTo(
                        "argument 1 of task 'a' for item 1 has 140000 bytes, at most 131071 are"
                                + " taken; write what is large into files and hand on their names");
    }

    @Test
    void manyLargeArgumentsAreBeyondTheLimitOfAll() {
        assertThat(load(command("x".repeat(100_000), 22, "[1]")).errors())
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .contains("the command of task 'a' has 2200002 bytes, at most 1048576 are taken");
    }

    @Test
    void anItemThatNoRecordHoldsIsTold(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("scalable.yaml");
        Files.writeString(folder.resolve("items"), "a\n" + "x".repeat(5_000_000) + "\n");
        Files.writeString(
                file, command("fixed", 1, "{lines: items}") + "targets: {t: {provider: local}}");

        assertThat(Manifests.load(file, Map.of()).errors())
                .extracting(Problem::code, Problem::path)
                .containsExactly(tuple("E_TOO_LARGE", "tasks.a.foreach"));
    }

    @Test
    void retriesAndTimesHaveLimits() {
        assertThat(onlyError("E_BAD_VALUE", task("retries: §1001")).message())
                .contains("a whole number, 0 to 1000");
        assertThat(onlyError("E_BAD_DURATION", task("timeout: §4000d")).message())
                .contains("at most 315576000 seconds, ten years");
    }

    @Test
    void whatNoProgramCanBeGivenIsTold() {
        assertThat(load(command("{item}", 1, "[a, \"b\\0c\"]")).errors())
                .extracting(Problem::code, Problem::message)
                .containsExactly(
                        tuple(
                                "E_BAD_ITEM",
                                "item 1 holds the character U+0000, which no program can be"
                                        + " given"));
        assertThat(load(tasks("a: {component: fit, command: [ls, \"\\0\"]}")).errors())
                .extracting(Problem::code)
                .containsExactly("E_BAD_COMMAND");
    }
}
