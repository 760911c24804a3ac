package io.scalable.manifest;

import static io.scalable.manifest.ManifestTester.submissions;
import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.Work;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForeachTest {

    @TempDir Path folder;

    private static String manifest(String entries) {
        return """
        version: 1
        targets: {here: {provider: local}}
        components: {c: {}}
        tasks:
          t:
            component: c
        """
                + entries.indent(4);
    }

    private static List<String> items(List<SubmitTask> tasks) {
        return tasks.stream().map(t -> String.valueOf(t.input().value())).toList();
    }

    private static List<String> items(String foreach) {
        return items(submissions(manifest("command: [ls]\nforeach: " + foreach)));
    }

    private List<String> itemsInFolder(String foreach) throws IOException {
        Path file = folder.resolve("scalable.yaml");
        Files.writeString(file, manifest("command: [ls]\nforeach: " + foreach));
        return items(
                Manifests.load(file, Map.of()).orThrow().resolve(null, Map.of()).submissions("r"));
    }

    private void touch(String... names) throws IOException {
        for (String name : names) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "");
        }
    }

    @Test
    void withoutForeachThereIsOneTaskWithANullItem() {
        List<SubmitTask> tasks = submissions(manifest("command: [ls]"));

        assertThat(tasks).extracting(SubmitTask::taskId).containsExactly("run-1/t/0");
        assertThat(items(tasks)).containsExactly("null");
    }

    @Test
    void aListStandsAsItIs() {
        assertThat(items("[a, 2, {k: v}]")).containsExactly("\"a\"", "2", "{\"k\":\"v\"}");
    }

    @Test
    void aRangeLeavesOutItsEnd() {
        assertThat(items("{range: [-1, 3]}")).containsExactly("-1", "0", "1", "2");
        assertThat(items("{range: [5, 5]}")).isEmpty();
    }

    @Test
    void aMatrixIsTheCrossProductWithItsLastKeyFastest() {
        assertThat(items("{matrix: {z: [a, b], m: [1], k: {range: [0, 2]}}}"))
                .containsExactly(
                        "{\"z\":\"a\",\"m\":1,\"k\":0}",
                        "{\"z\":\"a\",\"m\":1,\"k\":1}",
                        "{\"z\":\"b\",\"m\":1,\"k\":0}",
                        "{\"z\":\"b\",\"m\":1,\"k\":1}");
    }

    @Test
    void indicesCountFromZero() {
        List<SubmitTask> tasks = submissions(manifest("command: [ls]\nforeach: {range: [7, 10]}"));

        assertThat(tasks).extracting(SubmitTask::index).containsExactly(0, 1, 2);
        assertThat(tasks)
                .extracting(SubmitTask::taskId)
                .containsExactly("run-1/t/0", "run-1/t/1", "run-1/t/2");
    }

    @Test
    void aGlobIsSortedAndRelativeToTheManifest() throws IOException {
        touch("data/b.csv", "data/a.csv", "data/c.txt", "data/.hidden.csv", "data/deep/d.csv");

        assertThat(itemsInFolder("{glob: 'data/*.csv'}"))
                .containsExactly("\"data/a.csv\"", "\"data/b.csv\"");
        assertThat(itemsInFolder("{glob: './data/[ab].*'}"))
                .containsExactly("\"./data/a.csv\"", "\"./data/b.csv\"");
        assertThat(itemsInFolder("{glob: 'data/{c,x}.txt'}")).containsExactly("\"data/c.txt\"");
        assertThat(itemsInFolder("{glob: 'data/a.csv'}")).containsExactly("\"data/a.csv\"");
        assertThat(itemsInFolder("{glob: 'none/*.csv'}")).isEmpty();
    }

    @Test
    void twoStarsFindAnyDepth() throws IOException {
        touch("data/a.csv", "data/x/b.csv", "data/x/y/c.csv");

        assertThat(itemsInFolder("{glob: 'data/**/*.csv'}"))
                .containsExactly("\"data/a.csv\"", "\"data/x/b.csv\"", "\"data/x/y/c.csv\"");
        assertThat(itemsInFolder("{glob: '*/*.csv'}")).containsExactly("\"data/a.csv\"");
    }

    @Test
    void eachPairOfStarsMayStandForNoFolder() throws IOException {
        touch("d/s/g.csv", "d/s/y/e.csv", "d/x/s/c.csv", "d/x/s/y/f.csv", "d/x/no.csv");

        assertThat(itemsInFolder("{glob: 'd/**/s/**/*.csv'}"))
                .containsExactly(
                        "\"d/s/g.csv\"", "\"d/s/y/e.csv\"", "\"d/x/s/c.csv\"", "\"d/x/s/y/f.csv\"");
        assertThat(itemsInFolder("{glob: '**/d/s/*.csv'}")).containsExactly("\"d/s/g.csv\"");
    }

    @Test
    void aSlashAtTheEndTakesFoldersOnly() throws IOException {
        touch("cases/one/in.txt", "cases/two/in.txt", "cases/readme");

        assertThat(itemsInFolder("{glob: 'cases/*/'}"))
                .containsExactly("\"cases/one\"", "\"cases/two\"");
    }

    @Test
    void foldersAmongFilesAreToldWithTheirNumber() throws IOException {
        touch("cases/one/in.txt", "cases/two/in.txt", "cases/readme");
        Path file = folder.resolve("scalable.yaml");
        Files.writeString(file, manifest("command: [ls]\nforeach: {glob: 'cases/*'}"));

        assertThat(Manifests.load(file, Map.of()).warnings())
                .extracting(Problem::message)
                .anyMatch(
                        message ->
                                message.startsWith(
                                        "2 of 3 items are folders, such as 'cases/one'"));
    }

    @Test
    void aGlobFindsFoldersToo() throws IOException {
        touch("cases/one/in.txt", "cases/two/in.txt");

        assertThat(itemsInFolder("{glob: 'cases/*'}"))
                .containsExactly("\"cases/one\"", "\"cases/two\"");
    }

    @Test
    void anAbsoluteGlobGivesAbsolutePaths() throws IOException {
        touch("data/a.csv");

        assertThat(itemsInFolder("{glob: '" + folder + "/data/*.csv'}"))
                .containsExactly("\"" + folder + "/data/a.csv\"");
    }

    @Test
    void aGlobDoesNotGetLostInLinksThatLeadInCircles() throws IOException {
        touch("data/a.csv");
        Files.createSymbolicLink(folder.resolve("data/again"), folder.resolve("data"));

        assertThat(itemsInFolder("{glob: 'data/**/*.csv'}")).contains("\"data/a.csv\"");
    }

    @Test
    void linesAreTheFilesLinesWithoutBlankOnes() throws IOException {
        Files.writeString(folder.resolve("items.txt"), "one\r\n\n  two words \nthree");

        assertThat(itemsInFolder("{lines: items.txt}"))
                .containsExactly("\"one\"", "\"two words\"", "\"three\"");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstLine() throws IOException {
        Files.writeString(folder.resolve("items.txt"), "\uFEFFa\nb\uFEFF\n");

        assertThat(itemsInFolder("{lines: items.txt}")).containsExactly("\"a\"", "\"b\uFEFF\"");
    }

    @Test
    void linesThatAreNoTextAreTold() throws IOException {
        Files.write(folder.resolve("items.bin"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        Path file = folder.resolve("scalable.yaml");
        Files.writeString(file, manifest("foreach: {lines: items.bin}"));

        assertThat(Manifests.load(file, Map.of()).errors())
                .singleElement()
                .satisfies(p -> assertThat(p.code()).isEqualTo("E_BAD_FOREACH"))
                .satisfies(p -> assertThat(p.message()).contains("UTF-8"));
    }

    @Test
    void onlyItemReferencesAreReplaced() {
        List<SubmitTask> tasks =
                submissions(
                        manifest(
                                """
                                foreach: [{name: x y, deep: {n: 1}, list: [1, a]}]
                                command:
                                  - awk
                                  - '{print $1} {item.name} {items} {} {item.deep.n}'
                                  - '{item.deep}/{item.list}'
                                  - '{item}'
                                result: 'out/{item.deep.n}.json'
                                """));

        assertThat(tasks.getFirst().work())
                .isEqualTo(
                        new Work.Command(
                                List.of(
                                        "awk",
                                        "{print $1} x y {items} {} 1",
                                        "{\"n\":1}/[1,\"a\"]",
                                        "{\"deep\":{\"n\":1},\"list\":[1,\"a\"],\"name\":\"x y\"}"),
                                "out/1.json"));
    }

    private static List<String> lastArguments(String foreach) {
        return submissions(manifest("command: [echo, '{item}']\nforeach: " + foreach)).stream()
                .map(task -> ((Work.Command) task.work()).argv().getLast())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.10",
                "4e80",
                "1E+5",
                "1e400",
                "-0.0",
                "0.1234567891011121314151617",
                "12345678901234567890",
                "123456789012345678901234567890123456789012345678901234567890123456789012345"
            })
    void aNumberReachesTheTaskAsItIsWritten(String number) {
        String list = "[" + number + "]";

        assertThat(items(list)).containsExactly(number);
        assertThat(lastArguments(list)).containsExactly(number);
        assertThat(lastArguments("[{n: " + number + "}]"))
                .containsExactly("{\"n\":" + number + "}");
    }

    @ParameterizedTest
    @CsvSource({"007, 7", "0x1F, 31", "0o17, 15", "+5, 5", ".5, 0.5", "5., 5", "01.50, 1.50"})
    void aSpellingThatJsonHasNotReachesCommandsAsItIsWritten(String written, String json) {
        assertThat(lastArguments("[" + written + "]")).containsExactly(written);
        assertThat(items("[" + written + "]")).containsExactly(json);
    }

    @ParameterizedTest
    @ValueSource(strings = {".nan", ".inf", "-.inf", "NaN", "Infinity", "1e400x"})
    void whatIsNoJsonNumberIsText(String text) {
        assertThat(items("[" + text + "]")).containsExactly('"' + text + '"');
        assertThat(lastArguments("[" + text + "]")).containsExactly(text);
    }

    @Test
    void textOfAnItemIsNotReplacedAgain() {
        List<SubmitTask> tasks =
                submissions(manifest("foreach: ['{item}$1']\ncommand: [echo, 'a{item}b']"));

        assertThat(((Work.Command) tasks.getFirst().work()).argv())
                .containsExactly("echo", "a{item}$1b");
    }

    @Test
    void aHundredThousandItemsExpandQuickly() {
        List<String> items = items("{range: [0, 100000]}");

        assertThat(items).hasSize(100_000);
        assertThat(items.getLast()).isEqualTo("99999");
    }
}
