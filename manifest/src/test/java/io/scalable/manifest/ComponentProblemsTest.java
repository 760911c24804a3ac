package io.scalable.manifest;

import static io.scalable.manifest.ManifestTester.load;
import static io.scalable.manifest.ManifestTester.onlyError;
import static io.scalable.manifest.ManifestTester.warning;
import static org.assertj.core.api.Assertions.assertThat;

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
}
