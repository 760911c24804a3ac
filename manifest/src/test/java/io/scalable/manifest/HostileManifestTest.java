package io.scalable.manifest;

import static io.scalable.manifest.ManifestTester.FILE;
import static io.scalable.manifest.ManifestTester.load;
import static io.scalable.manifest.ManifestTester.onlyError;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileManifestTest {

    private static LoadedManifest bytes(byte[] bytes) {
        return Manifests.read(bytes, FILE, Map.of(), Machine.BOUNDLESS);
    }

    @Test
    void aBinaryFileIsNoManifest() {
        byte[] noise = new byte[4096];
        new Random(7).nextBytes(noise);

        assertThat(bytes(noise).errors())
                .singleElement()
                .satisfies(p -> assertThat(p.message()).startsWith("not a text file in UTF-8"));
    }

    @Test
    void aByteThatIsNotUtf8IsToldWithItsPlace() {
        byte[] latin = "version: 1\n# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(bytes(latin).errors())
                .singleElement()
                .hasToString(
                        "E_BAD_YAML work/scalable.yaml:2:6: not a text file in UTF-8: byte 0xE9;"
                                + " save it as UTF-8");
        assertThat(bytes("version: 1".getBytes(StandardCharsets.UTF_16)).errors())
                .extracting(Problem::code)
                .containsExactly("E_BAD_YAML");
    }

    @Test
    void aByteOrderMarkIsNoMatter() {
        assertThat(load("\ufeffversion: 1\n").errors()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'version: 1\ntargets:\n§\ta: {}'|with blanks, not with tabs",
                "'version:1\ntargets§: {}'|a blank belongs after the colon",
                "'version: 1\nproject:\n  name: a§: b'|needs quotes",
                "'version: 1\ntargets:\n  a:\n    b: c\n   §d: e'|not indented like its neighbours",
                "'version: 1\nproject: {name: §@me}'|a text that begins so needs quotes",
                "'version: 1\nproject: {name: \"me}\n§'|begun at 2:17",
                "'version: 1\n§---\nversion: 1'|one document"
            })
    void whatYamlComplainsOfIsSaidWithARemedy(String text, String remedy) {
        assertThat(onlyError("E_BAD_YAML", text).message()).contains(remedy);
    }

    @Test
    void aControlCharacterIsToldWithItsPlace() {
        Problem problem = onlyError("E_BAD_YAML", "version: 1\nproject: §\0\n");

        assertThat(problem.message()).contains("U+0000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   \n\n", "# only a comment\n", "---\n"})
    void anEmptyFileIsNoManifest(String text) {
        assertThat(load(text).errors()).extracting(Problem::code).containsExactly("E_BAD_YAML");
    }

    @ParameterizedTest
    @ValueSource(strings = {"§- version\n- 1\n", "§just words", "§42", "\n  §[1]"})
    void onlyAMapIsAManifest(String text) {
        assertThat(onlyError("E_BAD_YAML", text).message()).contains("must be a map");
    }

    @Test
    void brokenYamlIsToldWithItsPlace() {
        onlyError("E_BAD_YAML", "version: 1\nproject: {name: x\n§");
        onlyError("E_BAD_YAML", "version: 1\n§\tproject: x\n");
        onlyError("E_BAD_YAML", "version: 1\nproject: §*nobody\n");
    }

    @Test
    void onlyOneDocumentIsAManifest() {
        onlyError("E_BAD_YAML", "version: 1\n§---\nversion: 1\n");
    }

    @Test
    void unknownTagsAreRefused() {
        onlyError("E_BAD_YAML", "version: 1\nproject: §!!java.io.File {name: x}\n");
        onlyError("E_BAD_YAML", "version: 1\nproject: {name: §!secret x}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- "})
    void deepNestingIsRefusedBeforeItOverflows(String opening) {
        assertThat(load(opening.repeat(100_000)).errors())
                .singleElement()
                .satisfies(p -> assertThat(p.message()).contains("nested deeper than 100"));
    }

    @Test
    void aValueThatContainsItselfIsRefused() {
        assertThat(load("version: 1\ntargets: &t {a: *t}\n").errors())
                .anySatisfy(p -> assertThat(p.message()).contains("cannot contain itself"));
        assertThat(load("version: 1\ntasks: &t [*t]\n").errors())
                .anySatisfy(p -> assertThat(p.message()).contains("cannot contain itself"));
    }

    @Test
    void anAliasBombIsRefused() {
        var bomb = new StringBuilder("version: 1\na0: &a0 [lol, lol, lol]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a%d: &a%d [".formatted(i, i));
            bomb.append("*a%d, ".formatted(i - 1).repeat(9)).append("x]\n");
        }

        assertThat(load(bomb.toString()).errors())
                .singleElement()
                .satisfies(p -> assertThat(p.message()).contains("far too large"));
    }

    @Test
    void aliasesThatNestWithoutEndAreRefused() {
        var ladder = new StringBuilder("version: 1\na0: &a0 [x]\n");
        for (int i = 1; i < 150; i++) {
            String open = "[".repeat(90);
            String close = "]".repeat(90);
            ladder.append("a%d: &a%d %s*a%d%s\n".formatted(i, i, open, i - 1, close));
        }

        assertThat(load(ladder.toString()).errors())
                .singleElement()
                .satisfies(p -> assertThat(p.message()).contains("too large or deep"));
    }

    @Test
    void aBombOfTextsIsRefused() {
        String yaml =
                "version: 1\na: &a "
                        + "x".repeat(100_000)
                        + "\nb: ["
                        + "*a, ".repeat(10_000)
                        + "y]\n";

        assertThat(load(yaml).errors())
                .singleElement()
                .satisfies(p -> assertThat(p.message()).contains("far too large"));
    }

    @Test
    void aHugeFileIsRefused() {
        assertThat(bytes(new byte[YamlText.LARGEST_BYTES + 1]).errors())
                .singleElement()
                .satisfies(p -> assertThat(p.message()).contains("larger than 3 MiB"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e400", ".nan", ".inf"})
    void monstrousNumbersAreNoMemory(String number) {
        onlyError("E_BAD_MEMORY", "version: 1\ncomponents: {c: {memory: §" + number + "}}\n");
    }

    @Test
    void anIntegerOfAMillionDigitsIsNoCount() {
        String digits = "9".repeat(1_000_000);

        onlyError("E_BAD_VALUE", "version: 1\ncomponents: {c: {workers: §" + digits + "}}\n");
    }

    @Test
    void keysThatAreNoWordsAreRefused() {
        assertThat(load("version: 1\n? [a, b]\n: c\n").errors())
                .singleElement()
                .satisfies(p -> assertThat(p.message()).isEqualTo("a key must be a word"));
    }

    @Test
    void noiseInAManifestNeverThrows() {
        String sound =
                """
                version: 1
                targets: {t: {provider: local, max_workers: 2, adaptive: {maximum: 3}}}
                components: {c: {memory: 1G, mounts: {/a: /b}, tags: [x]}}
                tasks: {a: {component: c, foreach: {range: [0, 3]}, command: [ls, '{item}']}}
                """;
        String alphabet = "[]{}:,-*&!#'\"\n \t0a%|>?<~$";
        var random = new Random(42);
        for (int i = 0; i < 1000; i++) {
            var text = new StringBuilder(sound);
            for (int k = 0; k < 3; k++) {
                int at = random.nextInt(text.length());
                text.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
            }

            LoadedManifest loaded = load(text.toString());

            assertThat(loaded.ok()).isEqualTo(loaded.errors().isEmpty());
        }
    }
}
