package io.scalable.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemExamplesTest {

    private static final Map<Code, String> EXAMPLES = ProblemExamples.all();

    /** It is the caller's word that is wrong, so no manifest can have it. */
    private static final Code OF_THE_CALLER = Code.E_UNKNOWN_TARGET;

    static Stream<Code> codes() {
        return EXAMPLES.keySet().stream();
    }

    @Test
    void everyCodeHasAnExample() {
        var missing = EnumSet.allOf(Code.class);
        missing.removeAll(EXAMPLES.keySet());

        assertThat(missing).containsExactly(OF_THE_CALLER);
    }

    @ParameterizedTest
    @MethodSource("codes")
    void everyProblemIsToldAtItsPlace(Code code) {
        String marked = EXAMPLES.get(code);

        Problem problem =
                code.severity() == Severity.ERROR
                        ? ManifestTester.onlyError(code.name(), marked)
                        : ManifestTester.warning(code.name(), marked);

        assertThat(problem.message()).isNotBlank();
        assertThat(problem.severity()).isEqualTo(code.severity());
    }

    @Test
    void anUnknownTargetIsToldWhereTheTargetsAre() {
        List<Problem> problems =
                ManifestTester.load("version: 1\ntargets: {local: {provider: local}}\n")
                        .problems("locla", null);

        assertThat(problems)
                .singleElement()
                .hasToString(
                        "E_UNKNOWN_TARGET work/scalable.yaml:2:1 targets: unknown target 'locla';"
                                + " did you mean 'local'?");
    }
}
