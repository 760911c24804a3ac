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
