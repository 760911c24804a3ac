package io.scalable.manifest;

import static io.scalable.manifest.ManifestTester.deployment;
import static io.scalable.manifest.ManifestTester.load;
import static io.scalable.manifest.ManifestTester.onlyError;
import static io.scalable.manifest.ManifestTester.submissions;
import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlRulesTest {

    @Test
    void aByteOrderMarkIsNoPartOfTheManifest() {
        assertThat(load("\uFEFFversion: 1\ntargets: {t: {provider: local}}\n").errors()).isEmpty();
        assertThat(load("\uFEFFversion: 2\n").errors())
                .extracting(Problem::column)
                .containsExactly(10);
    }

    @Test
    void anUnquotedClockIsHoursMinutesSeconds() {
        assertThat(
                        deployment(
                                        "version: 1\n"
                                            + "targets: {t: {provider: slurm, walltime: 12:00:00}}")
                                .deadlineSeconds())
                .isEqualTo(43_200);
    }

    @Test
    void onAndNoAreWords() {
        var spec =
                deployment(
                        """
                        version: 1
                        targets: {t: {provider: local}}
                        components: {c: {env: {A: on, B: no, C: 012, D: true, E: 1.10, F: }}}
                        """);

        assertThat(spec.components().getFirst().env())
                .hasToString("{A=on, B=no, C=012, D=true, E=1.10, F=}");
    }

    @Test
    void aKeyWrittenTwiceIsToldWithBothPlaces() {
        Problem problem =
                onlyError(
                        "E_DUPLICATE_KEY",
                        """
                        version: 1
                        components:
                          fit: {cpus: 1}
                          §fit: {cpus: 2}
                        """);

        assertThat(problem.path()).isEqualTo("components.fit");
        assertThat(problem.message()).contains("the first is at 3:3");
    }

    @Test
    void aKeyWrittenTwiceBesideAMergeIsTold() {
        assertThat(
                        load("""
                        version: 1
                        components:
                          a: &a {cpus: 1, memory: 1G}
                          b:
                            <<: *a
                            cpus: 2
                            cpus: 3
                        """)
                                .errors())
                .extracting(Problem::code)
                .containsExactly("E_DUPLICATE_KEY");
    }

    @Test
    void anchorsAliasesAndMergesWork() {
        var spec =
                deployment(
                        """
                        version: 1
                        targets: {t: {provider: local}}
                        components:
                          a: &a {cpus: 4, memory: 2G, env: &env {X: 1}}
                          b:
                            <<: *a
                            cpus: 8
                          c: {env: *env}
                        """);

        assertThat(spec.components()).extracting(c -> c.cpus()).containsExactly(4.0, 8.0, 1.0);
        assertThat(spec.components().get(1).memoryBytes()).isEqualTo(2_000_000_000);
        assertThat(spec.components().get(2).env()).containsEntry("X", "1");
    }

    @Test
    void numbersOfItemsStayAsTheyAreWritten() {
        var tasks =
                submissions(
                        """
                        version: 1
                        targets: {t: {provider: local}}
                        components: {c: {}}
                        tasks:
                          a:
                            component: c
                            command: [echo, '{item}']
                            foreach: [1, 1.50, 1e9, 0x1F, '7', on, true, null, [1, 2.0], 1e-7]
                        """);

        assertThat(tasks)
                .extracting(t -> ((Work.Command) t.work()).argv().get(1))
                .containsExactly(
                        "1", "1.50", "1e9", "0x1F", "7", "on", "true", "null", "[1,2.0]", "1e-7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "0", "'1'", "1.0", "one", "null", "[1]"})
    void onlyVersionOneIsKnown(String version) {
        onlyError("E_BAD_VERSION", "version: §" + version + "\n");
    }

    @Test
    void theVersionMustBeThere() {
        onlyError("E_BAD_VERSION", "§project: {name: x}\n");
    }

    @Test
    void anUnknownKeyAtTheTopIsTold() {
        assertThat(onlyError("E_UNKNOWN_KEY", "version: 1\n§component: {}\n").message())
                .contains("did you mean 'components'?");
        assertThat(onlyError("E_UNKNOWN_KEY", "version: 1\nproject: {§nam: x}\n").path())
                .isEqualTo("project.nam");
    }

    @Test
    void allProblemsAreToldAtOnceInTheOrderOfTheFile() {
        assertThat(
                        load("""
                        version: 3
                        targets:
                          a: {provider: locl}
                          b: {provider: local, max_workers: 0}
                        components:
                          c: {memory: lots, cpus: 0}
                        tasks:
                          t: {component: d, needs: u, retries: -1}
                        """)
                                .errors())
                .extracting(Problem::code)
                .containsExactly(
                        "E_BAD_VERSION",
                        "E_UNKNOWN_PROVIDER",
                        "E_BAD_MAX_WORKERS",
                        "E_BAD_MEMORY",
                        "E_BAD_VALUE",
                        "E_UNKNOWN_COMPONENT",
                        "E_UNKNOWN_NEED",
                        "E_BAD_VALUE");
    }
}
