package io.scalable.provider.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerCommandTest {

    @TempDir Path temp;

    private static List<String> words(ContainerRuntime runtime, String image) {
        return new ContainerCommand(
                        runtime,
                        image,
                        Map.of("/b c", "/in", "/a", "/a"),
                        Map.of("NAME", "it's"),
                        Path.of("/work"),
                        List.of("java", "-cp", "x y"))
                .onHost();
    }

    @Test
    void apptainer() {
        assertThat(words(ContainerRuntime.APPTAINER, "ghcr.io/jgcri/demeter:2.0.1"))
                .containsExactly(
                        "apptainer",
                        "exec",
                        "--bind",
                        "/a:/a",
                        "--bind",
                        "/b c:/in",
                        "--pwd",
                        "/work",
                        "docker://ghcr.io/jgcri/demeter:2.0.1",
                        "java",
                        "-cp",
                        "x y");
    }

    @ParameterizedTest
    @CsvSource({
        "/images/demeter.sif, /images/demeter.sif",
        "demeter.sif, demeter.sif",
        "library://a/b:1, library://a/b:1",
        "demeter:2, docker://demeter:2"
    })
    void apptainerTakesFilesAsTheyAreAndRegistriesByScheme(String image, String reference) {
        assertThat(words(ContainerRuntime.SINGULARITY, image))
                .startsWith("singularity", "exec")
                .contains(reference);
    }

    @Test
    void charliecloud() {
        assertThat(words(ContainerRuntime.CHARLIECLOUD, "/images/demeter"))
                .containsExactly(
                        "ch-run",
                        "-b",
                        "/a:/a",
                        "-b",
                        "/b c:/in",
                        "-c",
                        "/work",
                        "/images/demeter",
                        "--",
                        "java",
                        "-cp",
                        "x y");
    }

    @Test
    void dockerKeepsStandardInputOpenAndTheHostsNetwork() {
        assertThat(words(ContainerRuntime.DOCKER, "demeter:2"))
                .containsExactly(
                        "docker",
                        "run",
                        "--rm",
                        "-i",
                        "--init",
                        "--network=host",
                        "-v",
                        "/a:/a",
                        "-v",
                        "/b c:/in",
                        "-e",
                        "NAME=it's",
                        "-w",
                        "/work",
                        "--entrypoint",
                        "java",
                        "demeter:2",
                        "-cp",
                        "x y");
    }

    @Test
    void placesOfBindsAreMadeInAFolderThatIsAnImage() throws Exception {
        Path image = Files.createDirectory(temp.resolve("image"));

        new ContainerCommand(
                        ContainerRuntime.CHARLIECLOUD,
                        image.toString(),
                        Map.of("/a", "/deep/in/side"),
                        Map.of(),
                        Path.of("/"),
                        List.of("true"))
                .makePlaces();

        assertThat(image.resolve("deep/in/side")).isDirectory();
    }

    @ParameterizedTest
    @CsvSource({"/a:b, /in", "'/a,b', /in", "/a, '/in:ro'"})
    void whatARuntimeWouldSplitIsRefused(String from, String to) {
        assertThatThrownBy(
                        () ->
                                new ContainerCommand(
                                        ContainerRuntime.APPTAINER,
                                        "i",
                                        Map.of(from, to),
                                        Map.of(),
                                        Path.of("/"),
                                        List.of("true")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("':' or ','");
    }
}
