package io.scalable.client.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.manifest.Manifests;
import io.scalable.manifest.ResolvedManifest;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedPlacesTest {

    private static final Path RUNS = Path.of("/home/me/.scalable/runs");

    @Test
    void withoutADefaultStorageAllLiesBesideTheRuns() {
        SharedPlaces places = SharedPlaces.of(manifest(""), RUNS);

        assertThat(places.shared()).isEqualTo(Path.of("/home/me/.scalable/shared"));
        assertThat(places.storage("r1").getPath()).isEqualTo("/home/me/.scalable/runs/r1/storage");
    }

    @Test
    void aFolderTakesAllAndIsMeantFromTheManifest() {
        SharedPlaces places = SharedPlaces.of(manifest("default_storage: ../lustre"), RUNS);

        assertThat(places.shared()).isEqualTo(Path.of("/work/lustre/shared"));
        assertThat(places.storage("r1").getPath()).isEqualTo("/work/lustre/r1");
        assertThat(SharedPlaces.of(manifest("default_storage: 'file:///lustre'"), RUNS).shared())
                .isEqualTo(Path.of("/lustre/shared"));
    }

    @Test
    void aStorageThatCannotBeHadIsNotPassedOverInSilence() {
        ResolvedManifest manifest = manifest("default_storage: 's3://bucket/runs'");

        assertThat(SharedPlaces.warning(manifest).orElseThrow()).contains("s3://bucket/runs");
        assertThat(SharedPlaces.of(manifest, RUNS).shared())
                .isEqualTo(Path.of("/home/me/.scalable/shared"));
        assertThat(SharedPlaces.warning(manifest(""))).isEmpty();
    }

    private static ResolvedManifest manifest(String storage) {
        String yaml =
                """
                version: 1
                project:
                  name: places
                  %s
                targets: {local: {provider: local}}
                components: {a: {cpus: 1, memory: 1G}}
                """
                        .formatted(storage);
        return Manifests.parse(yaml, "scalable.yaml", Path.of("/work/forecasts"), Map.of())
                .resolve(null, null, Map.of());
    }
}
