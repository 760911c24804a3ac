package io.scalable.client.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scalable.manifest.Manifests;
import io.scalable.manifest.ResolvedManifest;
import java.net.URI;
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
    void aBucketTakesStorageAndBundlesAndFoldersStayBesideTheRuns() {
        SharedPlaces places = SharedPlaces.of(manifest("default_storage: 's3://bucket/me'"), RUNS);

        assertThat(places.storage("r1")).isEqualTo(URI.create("s3://bucket/me/r1/"));
        assertThat(places.bundle()).isEqualTo(URI.create("s3://bucket/me/bundle/"));
        assertThat(places.shared()).isEqualTo(Path.of("/home/me/.scalable/shared"));
        assertThat(
                        SharedPlaces.of(manifest("default_storage: 'gs://my_bucket'"), RUNS)
                                .storage("r1"))
                .isEqualTo(URI.create("gs://my_bucket/r1/"));
    }

    @Test
    void aFoldersBundlesAreSharedToo() {
        SharedPlaces places = SharedPlaces.of(manifest("default_storage: /lustre"), RUNS);

        assertThat(places.bundle()).isEqualTo(URI.create("file:///lustre/shared/bundle/"));
    }

    @Test
    void aStorageThatCannotBeHadIsNotPassedOverInSilence() {
        ResolvedManifest manifest = manifest("default_storage: 'ftp://bucket/runs'");

        assertThat(SharedPlaces.warning(manifest).orElseThrow())
                .contains("ftp://bucket/runs")
                .contains("s3://BUCKET");
        assertThat(SharedPlaces.of(manifest, RUNS).shared())
                .isEqualTo(Path.of("/home/me/.scalable/shared"));
        assertThat(SharedPlaces.warning(manifest("default_storage: 's3://'"))).isPresent();
        assertThat(SharedPlaces.warning(manifest("default_storage: 's3://bucket/runs'"))).isEmpty();
        assertThat(SharedPlaces.warning(manifest(""))).isEmpty();
    }

    @Test
    void aCloudNeedsABucketOrAFolderThatItsWorkersMount() {
        assertThat(SharedPlaces.check(manifest(""))).isEmpty();
        assertThat(SharedPlaces.check(manifest("default_storage: 'gs://b/x'", "kubernetes")))
                .isEmpty();
        assertThat(SharedPlaces.check(manifest("default_storage: /nfs", "kubernetes")))
                .singleElement()
                .asString()
                .contains("targets.here")
                .contains("/nfs")
                .contains("mount");
        assertThatThrownBy(() -> SharedPlaces.check(manifest("", "kubernetes")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("targets.here")
                .hasMessageContaining("set project.default_storage to a bucket");
    }

    private static ResolvedManifest manifest(String storage) {
        return manifest(storage, "local");
    }

    private static ResolvedManifest manifest(String storage, String provider) {
        String yaml =
                """
                version: 1
                project:
                  name: places
                  %s
                targets: {here: {provider: %s}}
                components: {a: {cpus: 1, memory: 1G}}
                """
                        .formatted(storage, provider);
        return Manifests.parse(yaml, "scalable.yaml", Path.of("/work/forecasts"), Map.of())
                .resolve(null, null, Map.of());
    }
}
