package io.scalable.manifest;

import static io.scalable.manifest.ManifestTester.load;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetChoiceTest {

    private static final Map<String, String> IN_SLURM = Map.of("SLURM_JOB_ID", "7");
    private static final Manifest MANIFEST =
            load("""
            version: 1
            targets:
              cloud: {provider: aws}
              local: {provider: local}
              hpc: {provider: slurm}
            """)
                    .orThrow();

    @Test
    void aNamedTargetIsTaken() {
        assertThat(MANIFEST.resolve("cloud", IN_SLURM).targetName()).isEqualTo("cloud");
    }

    @Test
    void insideASlurmJobTheSlurmTargetIsTaken() {
        assertThat(MANIFEST.resolve(null, IN_SLURM).targetName()).isEqualTo("hpc");
    }

    @Test
    void elsewhereLocalIsTaken() {
        assertThat(MANIFEST.resolve(null, Map.of()).targetName()).isEqualTo("local");
    }

    @Test
    void elseTheFirstIsTaken() {
        Manifest manifest =
                load("version: 1\ntargets: {b: {provider: aws}, a: {provider: local}}").orThrow();

        assertThat(manifest.resolve(null, IN_SLURM).targetName()).isEqualTo("b");
        assertThat(manifest.targetNames()).containsExactly("b", "a");
    }

    @Test
    void anUnknownTargetIsRefusedWithTheNearest() {
        assertThatThrownBy(() -> MANIFEST.resolve("clod", Map.of()))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("E_UNKNOWN_TARGET")
                .hasMessageContaining("did you mean 'cloud'?");
    }

    @Test
    void withoutTargetsNothingCanBeResolved() {
        Manifest manifest = load("version: 1").orThrow();

        assertThatThrownBy(() -> manifest.resolve(null, Map.of()))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("the manifest has no targets");
    }

    @Test
    void aBadManifestThrowsAllItsProblems() {
        LoadedManifest loaded = load("version: 2\ntargets: {a: {provider: x}}");

        assertThat(loaded.manifest()).isEmpty();
        assertThatThrownBy(loaded::orThrow)
                .isInstanceOfSatisfying(
                        ManifestException.class,
                        e -> assertThat(e.problems()).isEqualTo(loaded.problems()))
                .hasMessageContaining("E_BAD_VERSION")
                .hasMessageContaining("E_UNKNOWN_PROVIDER");
    }
}
