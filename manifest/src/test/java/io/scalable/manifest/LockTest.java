package io.scalable.manifest;

import static io.scalable.manifest.ManifestTester.load;
import static io.scalable.manifest.ManifestTester.resolve;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

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
}
