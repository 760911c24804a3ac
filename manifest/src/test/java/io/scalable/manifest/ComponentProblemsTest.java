package io.scalable.manifest;

import static io.scalable.manifest.ManifestTester.load;
import static io.scalable.manifest.ManifestTester.onlyError;
import static io.scalable.manifest.ManifestTester.warning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComponentProblemsTest {

    private static String fit(String entry) {
        return "version: 1\ncomponents:\n  fit:\n    " + entry + "\n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"lots", "20X", "'20 foos'", "G", "1..5G", "true", "[1G]", ".inf", "9e30"})
    void memoryThatCannotBeReadIsTold(String value) {
        Problem problem = onlyError("E_BAD_MEMORY", fit("memory: §" + value));

        assertThat(problem.path()).isEqualTo("components.fit.memory");
        assertThat(problem.message()).contains("such as 20G, 512MiB or 1e9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0G", "-5G", "-1", "0.2"})
    void memoryIsMoreThanNothing(String value) {
        onlyError("E_NONPOSITIVE_MEMORY", fit("memory: §" + value));
    }

    @Test
    void aHostsMountPathIsAbsolute() {
        Problem problem = onlyError("E_RELATIVE_HOST_MOUNT", fit("mounts: {§data: /data}"));

        assertThat(problem.path()).isEqualTo("components.fit.mounts.data");
    }

    @Test
    void aContainersMountPathIsAbsolute() {
        Problem problem = onlyError("E_RELATIVE_CONTAINER_MOUNT", fit("mounts: {§/data: ./data}"));

        assertThat(problem.path()).isEqualTo("components.fit.mounts['/data']");
    }

    @Test
    void bothSidesOfAMountAreTold() {
        assertThat(load(fit("mounts: {a: b}")).errors())
                .extracting(Problem::code)
                .containsExactly("E_RELATIVE_HOST_MOUNT", "E_RELATIVE_CONTAINER_MOUNT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cpus: §0", "cpus: §-2", "cpus: §'2'", "cpus: §many", "workers: §-1",
                "workers: §1.5", "tags: §fast", "tags: [§[a]]", "env: §[a]", "env: {A: §[1]}",
                "image: §[a]", "classpath: §{a: b}", "mounts: §7"
            })
    void aValueOfTheWrongKindIsTold(String entry) {
        onlyError("E_BAD_VALUE", fit(entry));
    }

    @Test
    void anUnknownKeyNamesTheNearest() {
        Problem problem = onlyError("E_UNKNOWN_KEY", fit("§memroy: 2G"));

        assertThat(problem.message()).isEqualTo("unknown key 'memroy'; did you mean 'memory'?");
        assertThat(problem.path()).isEqualTo("components.fit.memroy");
    }

    @Test
    void anUnknownKeyWithoutANearOneListsTheKnown() {
        assertThat(onlyError("E_UNKNOWN_KEY", fit("§colour: red")).message())
                .startsWith("unknown key 'colour'; known: ")
                .contains("image, runtime, cpus, memory");
    }

    @Test
    void aTagLeadsToOneComponent() {
        Problem problem =
                onlyError(
                        "E_AMBIGUOUS_TAG",
                        """
                        version: 1
                        components:
                          fit: {tags: [heavy, fit]}
                          join: {tags: [light, §heavy]}
                        """);

        assertThat(problem.path()).isEqualTo("components.join.tags[1]");
        assertThat(problem.message()).contains("a tag of 'fit'");
    }

    @Test
    void aTagIsNotAnotherComponentsName() {
        onlyError(
                "E_AMBIGUOUS_TAG",
                """
                version: 1
                components:
                  fit: {tags: [§join]}
                  join: {}
                """);
    }

    @Test
    void aMissingClasspathIsAWarning() {
        Problem problem = warning("W_MISSING_CLASSPATH", fit("classpath: [§no-such.jar]"));

        assertThat(problem.path()).isEqualTo("components.fit.classpath[0]");
    }

    @Test
    void memoryWithAnOddUnitIsSpelledOut() {
        assertThat(warning("W_ODD_MEMORY", fit("memory: §512m")).message())
                .isEqualTo("512m is read as 512 MB; write 512M if so");
        assertThat(warning("W_ODD_MEMORY", fit("memory: §2048")).message())
                .isEqualTo("2048 is read as 2 kB; write 512M or 4G for more");
        assertThat(load(fit("memory: 512M")).warnings())
                .extracting(Problem::code)
                .doesNotContain("W_ODD_MEMORY");
    }

    @Test
    void whatALocalMachineLacksIsToldWithItsNumbers() {
        byte[] yaml =
                """
                version: 1
                targets: {here: {provider: local}, there: {provider: slurm}}
                components: {a: {cpus: 64, memory: 2T}, b: {cpus: 2, memory: 8G}}
                """
                        .getBytes(StandardCharsets.UTF_8);
        var manifest =
                Manifests.read(yaml, ManifestTester.FILE, Map.of(), new Machine(2, 8_000_000_000L));

        assertThat(manifest.problems("here", null))
                .filteredOn(problem -> problem.code().equals("W_BEYOND_THIS_MACHINE"))
                .extracting(Problem::path, Problem::message)
                .containsExactly(
                        tuple(
                                "components.a.cpus",
                                "cpus 64 on a local target, but this machine has 2 cores; workers"
                                        + " would share what there is"),
                        tuple(
                                "components.a.memory",
                                "memory \"2T\" on a local target, but this machine has 8 GB;"
                                        + " workers would share what there is"));
        assertThat(manifest.problems("there", null))
                .extracting(Problem::code)
                .doesNotContain("W_BEYOND_THIS_MACHINE");
    }
}
