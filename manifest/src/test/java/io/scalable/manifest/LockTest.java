package io.scalable.manifest;

import static io.scalable.manifest.ManifestTester.load;
import static io.scalable.manifest.ManifestTester.resolve;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LockTest {

    private static final String YAML =
            """
            version: 1
            targets: {t: {provider: local, max_workers: 2}}
            components:
              b: {cpus: 1.50, memory: "1G"}
              a:
                cpus: ${N:-2}
            """;

    @Test
    void theCanonicalFormHasSortedKeysAndNoBlanks() {
        assertThat(resolve(YAML).canonicalJson())
                .isEqualTo(
                        "{\"components\":{\"a\":{\"cpus\":2},\"b\":{\"cpus\":1.5,\"memory\":1000000000}},"
                            + "\"targets\":{\"t\":{\"max_workers\":2,\"provider\":\"local\"}},"
                            + "\"version\":1}");
    }

    @Test
    void theLockDoesNotDependOnTheOrderOfKeysOrTheSpelling() {
        String other =
                """
                # the same
                components:
                  a:
                    cpus: 2
                  b: {memory: 1G, cpus: 1.5}
                targets: {t: {max_workers: 2, provider: "local"}}
                version: 1
                """;

        assertThat(resolve(other).lock()).isEqualTo(resolve(YAML).lock());
    }

    @Test
    void theLockIsTheHashOfTheCanonicalForm() {
        assertThat(resolve("version: 1\ntargets: {t: {provider: local}}\n").lock())
                .isEqualTo("e38cbc33a7a15b4e317cdb0bf6888922e9696de6c620a094f4152d510e0208be");
    }

    @Test
    void theLockChangesWithEveryValue() {
        var env = Map.of("N", "3");

        assertThat(load(YAML, env).orThrow().resolve(null, env).lock())
                .isNotEqualTo(resolve(YAML).lock());
    }

    @Test
    void overlaysCountOnlyWhenTheyAreUsed() {
        String overlays = "overlays: {x: {components: {a: {cpus: 2}}}, y: {project: {name: q}}}\n";
        var manifest = load(YAML + overlays).orThrow();

        assertThat(manifest.resolve(null, Map.of()).lock()).isEqualTo(resolve(YAML).lock());
        assertThat(manifest.resolve(null, "x", Map.of()).lock()).isEqualTo(resolve(YAML).lock());
        assertThat(manifest.resolve(null, "y", Map.of()).lock()).isNotEqualTo(resolve(YAML).lock());
    }

    private static final String SPELLED =
            """
            version: 1
            targets:
              t: {provider: slurm, queue: short, walltime: 02:00:00}
            components:
              c: {memory: 1G, cpus: 2, tags: [a], env: {N: 1}, classpath: []}
            tasks:
              fit: {component: c, timeout: 90s, foreach: [1, 2]}
              join: {component: c, needs: fit}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "memory: 1G|memory: 1000M",
                "memory: 1G|memory: '1 GB'",
                "memory: 1G|memory: 1e9",
                "memory: 1G, cpus: 2|cpus: 2.0, memory: 1G",
                "walltime: 02:00:00|walltime: 2h",
                "walltime: 02:00:00|walltime: \"02:00:00\"",
                "timeout: 90s|timeout: 1.5m",
                "queue: short|queue: 'short' # the short one",
                "needs: fit|needs: [fit]",
                "N: 1|N: '1'"
            })
    void theSpellingOfAValueDoesNotChangeTheLock(String one, String other) {
        String respelled = SPELLED.replace(one, other).replace("# the short one", "");

        assertThat(respelled).isNotEqualTo(SPELLED);
        assertThat(resolve(respelled).lock()).isEqualTo(resolve(SPELLED).lock());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "memory: 1G|memory: 1GiB",
                "memory: 1G|memory: 1001M",
                "cpus: 2|cpus: 3",
                "walltime: 02:00:00|walltime: 02:00:01",
                "timeout: 90s|timeout: 91s",
                "queue: short|queue: Short",
                "foreach: [1, 2]|foreach: [2, 1]",
                "foreach: [1, 2]|foreach: ['1', 2]",
                "tags: [a]|tags: [b]",
                "N: 1|N: 2",
                "needs: fit|retries: 1"
            })
    void anyOtherValueChangesTheLock(String one, String other) {
        String changed = SPELLED.replace(one, other);

        assertThat(resolve(changed).lock()).isNotEqualTo(resolve(SPELLED).lock());
    }
}
