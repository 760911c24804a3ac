package io.scalable.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @TempDir Path folder;

    @BeforeEach
    void aManifest() throws IOException {
        Files.writeString(
                folder.resolve("scalable.yaml"),
                """
                version: 1
                targets:
                  local: {provider: local, max_workers: 4}
                  large: {provider: local, max_workers: 4, overlay: more}
                components:
                  text: {cpus: 1, memory: 512M}
                tasks:
                  hello: {component: text, command: [echo, hello], foreach: {range: [0, 6]}}
                overlays:
                  more: {targets: {large: {max_workers: 16}}}
                """);
    }

    @Test
    void aSettingGoesBeforeTheManifestAndItsOverlay() throws IOException {
        assertThat(maximum("local")).isEqualTo(4);
        assertThat(maximum("large")).isEqualTo(16);
        assertThat(maximum("local", "targets.local.max_workers=8")).isEqualTo(8);
        assertThat(maximum("large", "targets.large.max_workers=2")).isEqualTo(2);
        assertThat(maximum("large", "targets.large.max_workers=2", "targets.large.max_workers=3"))
                .isEqualTo(3);
    }

    @Test
    void aValueIsYaml() throws IOException {
        ResolvedManifest resolved =
                load("tasks.hello.foreach={range: [0, 3]}", "tasks.hello.command=[wc, -l]")
                        .resolve("local", null, Map.of());

        assertThat(resolved.submissions("run-1")).hasSize(3);
        assertThat(resolved.lock()).isNotEqualTo(load().resolve("local", null, Map.of()).lock());
    }

    @Test
    void aWrongValueIsSaidToHaveBeenSet() throws IOException {
        assertThat(load("targets.local.max_workers=many").errors())
                .singleElement()
                .hasToString(
                        "E_BAD_MAX_WORKERS --set targets.local.max_workers: max_workers must be a"
                                + " positive integer, found \"many\"");
        assertThat(load("targets.local.max_wrokers=8").problems())
                .anySatisfy(p -> assertThat(p.message()).contains("max_workers"));
        assertThat(load("tasks.hello.command=[").errors())
                .anySatisfy(p -> assertThat(p.toString()).contains("--set tasks.hello.command"));
    }

    @Test
    void aWordInQuotesMayHoldDots() {
        assertThat(Settings.of(List.of("targets.\"a.b\".provider=x=y")).all())
                .containsExactly(
                        new Settings.Setting(List.of("targets", "a.b", "provider"), "x=y"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=", "targets", ".a=1", "a..b=1", "a.=1"})
    void whatIsNoSettingIsRefused(String text) {
        assertThatThrownBy(() -> Settings.of(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("such as targets.local.max_workers=8");
    }

    private Integer maximum(String target, String... settings) throws IOException {
        return load(settings)
                .resolve(target, null, Map.of())
                .deployment(
                        new DeploymentRequest(
                                "run-1", Instant.EPOCH, "here", folder.toUri(), null, null))
                .target()
                .maxWorkers();
    }

    private LoadedManifest load(String... settings) throws IOException {
        return Manifests.load(
                folder.resolve("scalable.yaml"), folder, Map.of(), Settings.of(List.of(settings)));
    }
}
