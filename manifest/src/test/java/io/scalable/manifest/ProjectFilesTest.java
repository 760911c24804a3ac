package io.scalable.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectFilesTest {

    @TempDir Path folder;

    @Test
    void filesFoldersAndPatternsAreFoundSortedAndOnce() throws IOException {
        make("scripts/run.sh");
        make("data/b.csv");
        make("data/a.csv");
        make("data/notes.txt");

        assertThat(files("[scripts/, 'data/*.csv', data/a.csv, ./data/../data/notes.txt]").files())
                .containsExactly("data/a.csv", "data/b.csv", "data/notes.txt", "scripts");
        assertThat(files("scripts").files()).containsExactly("scripts");
    }

    @Test
    void withoutTheKeyThereAreNone() throws IOException {
        assertThat(
                        ManifestTester.resolve("version: 1\ntargets: {here: {provider: local}}\n")
                                .files())
                .isEmpty();
    }

    @Test
    void whatIsNotBelowTheManifestsFolderIsRefused() {
        for (String entry : new String[] {"/etc/hosts", "../other", "a/../..", "'.'", "'../*'"}) {
            Problem problem =
                    ManifestTester.onlyError(
                            "E_BAD_VALUE", "version: 1\nproject: {files: [§" + entry + "]}\n");
            assertThat(problem.path()).isEqualTo("project.files[0]");
            assertThat(problem.message()).contains("below the manifest's folder");
        }
    }

    @Test
    void anEntryWithoutAnythingIsAWarning() {
        Problem problem =
                ManifestTester.warning(
                        "W_MISSING_FILES", "version: 1\nproject: {files: §none/*.csv}\n");
        assertThat(problem.message()).contains("none/*.csv");
    }

    private void make(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, name);
    }

    private ResolvedManifest files(String value) throws IOException {
        String yaml =
                "version: 1\nproject: {files: " + value + "}\ntargets: {here: {provider: local}}\n";
        return Manifests.read(
                        yaml.getBytes(),
                        folder.resolve("scalable.yaml"),
                        Map.of(),
                        Machine.BOUNDLESS)
                .orThrow()
                .resolve(null, Map.of());
    }
}
