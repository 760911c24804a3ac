package io.scalable.manifest;

import static io.scalable.manifest.ManifestTester.deployment;
import static io.scalable.manifest.ManifestTester.load;
import static io.scalable.manifest.ManifestTester.onlyError;
import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.deployment.DeploymentSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariablesTest {

    private static final Map<String, String> ENV =
            Map.of("NAME", "iowa", "EMPTY", "", "TRICKY", "$1\\x", "COUNT", "3");

    @ParameterizedTest
    @CsvSource({
        "${NAME}, iowa",
        "a-${NAME}-${NAME}, a-iowa-iowa",
        "${NAME:-other}, iowa",
        "${NONE:-other}, other",
        "${NONE:-}x, x",
        "${EMPTY:-other}, other",
        "x${EMPTY}, x",
        "${TRICKY}, $1\\x",
        "$NAME, $NAME",
        "$${NAME}, ${NAME}",
        "${NAME%.*}, ${NAME%.*}",
        "{NAME}, {NAME}"
    })
    void referencesAreReplaced(String text, String expected) {
        List<String> unset = new ArrayList<>();

        assertThat(new Variables(ENV).replace(text, unset::add)).isEqualTo(expected);
        assertThat(unset).isEmpty();
    }

    private static DeploymentSpec spec(String yaml) {
        return deployment(load(yaml, ENV).orThrow().resolve(null, ENV));
    }

    @Test
    void anUnquotedReferenceIsReadAsIfItsValueWereWritten() {
        DeploymentSpec spec =
                spec(
                        """
                        version: 1
                        project: {name: '${NAME}'}
                        targets:
                          t:
                            provider: local
                            max_workers: ${COUNT}
                        components:
                          c:
                            cpus: ${CPUS:-2}
                            mounts: {'/${NAME}': /data}
                        """);

        assertThat(spec.project()).isEqualTo("iowa");
        assertThat(spec.target().maxWorkers()).isEqualTo(3);
        assertThat(spec.components().getFirst().cpus()).isEqualTo(2);
        assertThat(spec.components().getFirst().mounts()).containsEntry("/iowa", "/data");
    }

    @Test
    void aQuotedReferenceStaysText() {
        assertThat(
                        load(
                                        "version: 1\n"
                                                + "targets: {t: {provider: local, max_workers:"
                                                + " '${COUNT}'}}\n",
                                        ENV)
                                .errors())
                .extracting(Problem::code)
                .containsExactly("E_BAD_MAX_WORKERS");
    }

    @Test
    void anUnsetVariableIsTheOnlyProblemAtItsPlace() {
        Problem problem =
                onlyError(
                        "E_UNSET_VARIABLE",
                        "version: 1\n"
                                + "targets:\n"
                                + "  t:\n"
                                + "    provider: local\n"
                                + "    max_workers: §${NONE}\n");

        assertThat(problem.path()).isEqualTo("targets.t.max_workers");
        assertThat(problem.message()).contains("NONE is not set").contains("${NONE:-default}");
    }

    @Test
    void anUnquotedReferenceWithinBracesIsToldToNeedQuotes() {
        assertThat(load("version: 1\nproject: {name: ${NAME}}\n", ENV).errors())
                .singleElement()
                .satisfies(p -> assertThat(p.message()).endsWith("a ${VAR} needs quotes"));
    }
}
