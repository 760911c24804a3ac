package io.scalable.manifest;

import static io.scalable.manifest.ManifestTester.deployment;
import static io.scalable.manifest.ManifestTester.load;
import static io.scalable.manifest.ManifestTester.onlyError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scalable.contracts.deployment.ComponentSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OverlaysTest {

    private static final String YAML =
            """
            version: 1
            targets:
              local: {provider: local}
              hpc: {provider: slurm, queue: short, overlay: large}
            components:
              model: {cpus: 2, memory: 4G, tags: [a, b], env: {X: 1, Y: 2}}
            overlays:
              large:
                targets: {hpc: {queue: long}}
                components:
                  model: {cpus: 16, tags: [c], env: {Y: 3, Z: 4}}
                  extra: {cpus: 8}
              small:
                components: {model: {cpus: 1}}
            """;

    private static ResolvedManifest resolve(String target, String overlay) {
        return load(YAML).orThrow().resolve(target, overlay, Map.of());
    }

    @Test
    void mapsMergeDeeplyListsAndScalarsReplace() {
        var spec = deployment(resolve("hpc", null));
        ComponentSpec model = spec.components().getFirst();

        assertThat(model.cpus()).isEqualTo(16);
        assertThat(model.memoryBytes()).isEqualTo(4_000_000_000L);
        assertThat(model.tags()).containsExactly("c");
        assertThat(model.env()).hasToString("{X=1, Y=3, Z=4}");
        assertThat(spec.components())
                .extracting(ComponentSpec::name)
                .containsExactly("model", "extra");
        assertThat(spec.target().text("queue", "?")).isEqualTo("long");
    }

    @Test
    void aTargetWithoutOverlayTakesTheManifestAsItStands() {
        assertThat(deployment(resolve("local", null)).components().getFirst().cpus()).isEqualTo(2);
    }

    @Test
    void anotherOverlayMayBeAskedFor() {
        assertThat(deployment(resolve("hpc", "small")).components().getFirst().cpus()).isEqualTo(1);
    }

    @Test
    void anUnknownOverlayIsRefused() {
        assertThatThrownBy(() -> resolve("hpc", "smal"))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("E_UNKNOWN_OVERLAY")
                .hasMessageContaining("did you mean 'small'?");
    }

    @Test
    void aProblemInAnOverlayIsToldOnceAtItsOwnPlace() {
        Problem problem =
                onlyError(
                        "E_BAD_MEMORY",
                        """
                        version: 1
                        targets:
                          a: {provider: local, overlay: big}
                          b: {provider: local, overlay: big}
                        components: {model: {memory: 1G}}
                        overlays:
                          big: {components: {model: {memory: §huge}}}
                        """);

        assertThat(problem.path()).isEqualTo("components.model.memory");
    }

    @Test
    void anOverlayThatNoTargetNamesIsCheckedToo() {
        onlyError(
                "E_UNKNOWN_KEY",
                """
                version: 1
                targets: {a: {provider: local}}
                components: {model: {}}
                overlays: {big: {components: {model: {§cpu: 1}}}}
                """);
    }

    @Test
    void aProblemOfTheBaseIsToldOnce() {
        onlyError(
                "E_BAD_MEMORY",
                """
                version: 1
                targets: {a: {provider: local}, b: {provider: local, overlay: x}}
                components: {model: {memory: §huge}}
                overlays: {x: {}, y: }
                """);
    }

    @Test
    void overlaysAreMaps() {
        onlyError("E_BAD_VALUE", "version: 1\noverlays: §[a]\n");
        onlyError("E_BAD_VALUE", "version: 1\noverlays: {a: §7}\n");
    }

    @Test
    void variablesAreReplacedAfterTheOverlay() {
        String yaml =
                """
                version: 1
                targets:
                  a: {provider: local, overlay: '${STAGE:-test}'}
                components: {model: {image: '${NO_SUCH}', env: {A: '${NO_SUCH:-x}'}}}
                overlays:
                  test: {components: {model: {image: fixed, mounts: {/a: '/${NO_SUCH:-b}'}}}}
                """;

        var model = deployment(load(yaml).orThrow().resolve("a", Map.of())).components().getFirst();

        assertThat(model.image()).isEqualTo("fixed");
        assertThat(model.env()).containsEntry("A", "x");
        assertThat(model.mounts()).containsEntry("/a", "/b");
    }

    @Test
    void aVariableThatOnlyAnotherTargetNeedsMayBeUnset() {
        String yaml =
                """
                version: 1
                targets:
                  local: {provider: local}
                  cloud: {provider: aws, subnets: ['${NO_SUCH}']}
                """;
        LoadedManifest loaded = load(yaml);

        assertThat(loaded.errors())
                .extracting(Problem::path)
                .containsExactly("targets.cloud.subnets[0]");
        assertThat(loaded.problems("local", null)).noneMatch(Problem::isError);
        assertThat(loaded.resolve("local", null, Map.of()).targetName()).isEqualTo("local");
        assertThatThrownBy(() -> loaded.resolve("cloud", null, Map.of()))
                .hasMessageContaining("E_UNSET_VARIABLE");
    }
}
