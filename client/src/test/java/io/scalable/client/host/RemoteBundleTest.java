package io.scalable.client.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.storage.Storages;
import io.scalable.manifest.DeploymentRequest;
import io.scalable.manifest.Manifests;
import io.scalable.manifest.ResolvedManifest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteBundleTest {

    @TempDir Path project;
    @TempDir Path shared;
    private final List<String> words = new ArrayList<>();
    private URI place;

    @BeforeEach
    void makeProject() throws IOException {
        place = shared.toUri().resolve("bundle/");
        write("build/model lib.jar", "a jar");
        write("build/classes/energy/Fit.class", "a class");
        write("build/classes/.hidden", "kept in jars");
        write("scripts/run.sh", "exit 0");
        write("scripts/.git/config", "never sent");
        write("data/a.csv", "1,2");
        Files.setPosixFilePermissions(
                project.resolve("scripts/run.sh"), PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void aPlanSaysWhatWouldBeSentAndSendsNothing() throws IOException {
        RemoteBundle bundle = bundle("kubernetes");

        assertThat(bundle.words())
                .containsExactly(
                        project.resolve("build/model lib.jar") + " (0.0 MB)",
                        "classes.jar of 2 files (0.0 MB)",
                        "files.zip of 2 files (0.0 MB)");
        assertThat(shared).isEmptyDirectory();
    }

    @Test
    void whatIsPublishedIsNamedByItsContent() throws IOException {
        DeploymentSpec published = publish(bundle("aws"));

        assertThat(published.components())
                .allSatisfy(
                        c ->
                                assertThat(c.classpath().getFirst())
                                        .matches(place + "[0-9a-f]{64}/model_lib.jar"));
        String classes = published.components().getFirst().classpath().getLast();
        assertThat(classes).matches(place + "[0-9a-f]{64}/classes.jar");
        assertThat(entries(URI.create(classes)))
                .containsExactly(".hidden", "energy/", "energy/Fit.class");
        assertThat(published.files().toString()).matches(place + "[0-9a-f]{64}/files.zip");
        assertThat(entries(published.files()))
                .containsExactly("data/", "data/a.csv", "scripts/", "scripts/run.sh");
        assertThat(words).hasSize(3).first().asString().startsWith("sending model_lib.jar");
        assertThat(published.tasks()).isEqualTo(deployment("aws").tasks());
    }

    @Test
    void whatIsThereIsNotSentAgainEvenIfItIsOlder() throws IOException {
        DeploymentSpec first = publish(bundle("gcp"));
        words.clear();
        for (String name : List.of("scripts/run.sh", "build/classes/energy/Fit.class")) {
            Files.setLastModifiedTime(
                    project.resolve(name), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        }

        assertThat(publish(bundle("gcp"))).isEqualTo(first);
        assertThat(words).isEmpty();
    }

    @Test
    void noTimeOfTodayIsInAZip() throws IOException {
        SortedMap<String, Path> files = new TreeMap<>();
        files.put("a/b/run.sh", project.resolve("scripts/run.sh"));
        Path zip = shared.resolve("a.zip");

        StableZip.write(zip, files);

        try (var entries = FileSystems.newFileSystem(zip)) {
            for (String name : List.of("a", "a/b", "a/b/run.sh")) {
                var times = Files.readAttributes(entries.getPath(name), BasicFileAttributes.class);
                Instant always = Instant.parse("2000-01-01T00:00:00Z");
                assertThat(times.lastModifiedTime().toInstant()).isEqualTo(always);
                assertThat(times.creationTime().toInstant()).isEqualTo(always);
                assertThat(times.lastAccessTime().toInstant()).isEqualTo(always);
            }
        }
    }

    @Test
    void aChangedFileIsAnotherBundle() throws IOException {
        DeploymentSpec first = publish(bundle("gcp"));
        words.clear();
        write("data/a.csv", "1,3");

        DeploymentSpec second = publish(bundle("gcp"));

        assertThat(second.files()).isNotEqualTo(first.files());
        assertThat(second.components()).isEqualTo(first.components());
        assertThat(words).singleElement().asString().startsWith("sending files.zip");
    }

    @Test
    void workersThatSeeTheFoldersNeedNone() throws IOException {
        for (String provider : List.of("local", "slurm")) {
            RemoteBundle bundle = bundle(provider);

            assertThat(bundle.parts()).isEmpty();
            assertThat(publish(bundle)).isEqualTo(deployment(provider));
        }
        assertThat(shared).isEmptyDirectory();
    }

    @Test
    void aJarThatIsNotThereIsNamedWithItsComponent() throws IOException {
        Files.delete(project.resolve("build/model lib.jar"));

        assertThatThrownBy(() -> bundle("aws"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("components.fit.classpath")
                .hasMessageContaining("model lib.jar")
                .hasMessageContaining("build it");
    }

    private DeploymentSpec publish(RemoteBundle bundle) throws IOException {
        return bundle.publish(place, Storages.here(), words::add);
    }

    private RemoteBundle bundle(String provider) throws IOException {
        return RemoteBundle.of(deployment(provider), manifest(provider).files());
    }

    private DeploymentSpec deployment(String provider) {
        return manifest(provider)
                .deployment(
                        new DeploymentRequest(
                                "r1", Instant.EPOCH, "h", URI.create("s3://b/r1/"), null, null));
    }

    private ResolvedManifest manifest(String provider) {
        String yaml =
                """
                version: 1
                project: {files: [scripts, 'data/*.csv']}
                targets: {here: {provider: %s}}
                components:
                  fit: {classpath: [build/model lib.jar, build/classes]}
                  post: {classpath: [build/model lib.jar]}
                tasks: {fit: {component: fit, handler: 'energy.Fit::fit'}}
                """
                        .formatted(provider);
        return Manifests.parse(yaml, "scalable.yaml", project, Map.of())
                .resolve(null, null, Map.of());
    }

    private void write(String name, String content) throws IOException {
        Path file = project.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static List<String> entries(URI zip) throws IOException {
        try (var file = new ZipFile(Path.of(zip).toFile())) {
            return file.stream().map(entry -> entry.getName()).sorted().toList();
        }
    }
}
