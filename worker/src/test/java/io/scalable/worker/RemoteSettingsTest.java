package io.scalable.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scalable.contracts.Json;
import io.scalable.contracts.storage.FileStorage;
import io.scalable.contracts.storage.Storages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteSettingsTest {

    private static final byte[] JAR = "a jar".getBytes(StandardCharsets.UTF_8);

    private final MemoryStorage memory = new MemoryStorage();
    @TempDir Path temporary;
    @TempDir Path shared;

    @Test
    void aWorkerWithoutRemoteFilesWorksInItsFolder() throws Exception {
        RemoteSettings settings = settings(shared, List.of(), null);

        assertThat(settings.config().directory()).isEqualTo(shared);
        assertThat(settings.config().kafka()).containsEntry("bootstrap.servers", "b:1");
        assertThat(settings.ownFolder()).isEmpty();
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void aJarIsKeptByItsContentForTheNextWorker() throws Exception {
        URI place = stored(sha256(JAR) + "/model.jar", JAR);

        Path jar = settings(shared, List.of(place), null).config().classpath().getFirst();
        settings(shared, List.of(place), null);

        assertThat(jar)
                .isEqualTo(temporary.resolve("scalable/" + sha256(JAR) + "/model.jar"))
                .hasBinaryContent(JAR);
        assertThat(memory.reads).hasValue(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache())))
                .isEqualTo("rwx------");
    }

    @Test
    void aJarWhoseNameSaysNothingOfItsContentIsFetchedEachTime() throws Exception {
        URI place = stored("model.jar", JAR);
        settings(shared, List.of(place), null);
        stored("model.jar", new byte[] {1});

        Path jar = settings(shared, List.of(place), null).config().classpath().getFirst();

        assertThat(jar).hasBinaryContent(new byte[] {1});
    }

    @Test
    void aJarThatIsNotWhatItsNameSaysIsRefused() {
        URI place = stored(sha256(JAR) + "/model.jar", new byte[] {1});

        assertThatThrownBy(() -> settings(shared, List.of(place), null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(place.toString())
                .hasMessageContaining("does not hold what its name says");
    }

    @Test
    void aReadableFileIsUsedWhereItLies() throws Exception {
        Path jar = Files.write(shared.resolve("model.jar"), JAR);

        assertThat(settings(shared, List.of(jar.toUri()), null).config().classpath())
                .containsExactly(jar);
    }

    @Test
    void whatCannotBeFetchedIsNamed() {
        URI gone = URI.create("mem://x/gone.jar");
        URI file = shared.resolve("gone.jar").toUri();

        assertThatThrownBy(() -> settings(shared, List.of(gone), null))
                .hasMessageContaining("cannot fetch mem://x/gone.jar: no such object");
        assertThatThrownBy(() -> settings(shared, List.of(file), null))
                .hasMessageContaining("gone.jar")
                .hasMessageContaining("project.default_storage");
        assertThatThrownBy(() -> settings(shared, List.of(URI.create("tape://x/y.jar")), null))
                .hasMessageContaining("cannot fetch tape://x/y.jar: no storage serves");
    }

    @Test
    void filesAreUnpackedIntoAFolderOfTheWorkersOwn() throws Exception {
        URI zip = stored("files.zip", zip());

        RemoteSettings one = settings(shared, List.of(), zip);
        RemoteSettings two = settings(shared, List.of(), zip);

        Path folder = one.config().directory();
        assertThat(folder).isNotEqualTo(two.config().directory()).startsWith(cache());
        assertThat(one.ownFolder()).contains(folder);
        assertThat(folder.resolve("data/a.csv")).hasContent("1,2");
        assertThat(folder.resolve("data/a.csv").toFile().canExecute()).isFalse();
        assertThat(folder.resolve("run.sh")).isExecutable();
    }

    @Test
    void aWorkerWhoseFolderIsNotThereGetsAnEmptyOne() throws Exception {
        RemoteSettings settings = settings(shared.resolve("gone"), List.of(), null);

        assertThat(settings.config().directory()).isEmptyDirectory().startsWith(cache());
        assertThat(settings.ownFolder()).contains(settings.config().directory());
    }

    @Test
    void aZipThatLeadsElsewhereIsRefused() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("../evil.sh"));
            zip.write(1);
        }
        URI place = stored("files.zip", bytes.toByteArray());

        assertThatThrownBy(() -> settings(shared, List.of(), place))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot unpack mem://x/files.zip");
        assertThat(cache().resolve("evil.sh")).doesNotExist();
        assertThatThrownBy(() -> Unzip.within(shared, "a/../../evil"))
                .hasMessageContaining("a/../../evil");
    }

    @Test
    void whatIsNoZipIsNamed() {
        URI place = stored("files.zip", JAR);

        assertThatThrownBy(() -> settings(shared, List.of(), place))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot unpack mem://x/files.zip");
    }

    @Test
    void aCacheThatOthersMayWriteIntoIsNotUsed() throws Exception {
        Path open =
                Files.createDirectory(
                        cache(),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwxr-xr-x")));

        assertThat(RemoteCache.within(temporary)).isNotEqualTo(open).isDirectory();
    }

    private Path cache() {
        return temporary.resolve("scalable");
    }

    private URI stored(String name, byte[] content) {
        URI place = URI.create("mem://x/" + name);
        memory.objects.put(place, content);
        return place;
    }

    private RemoteSettings settings(Path directory, List<URI> classpath, URI files)
            throws Exception {
        var config =
                new WorkerConfig(
                        "d1",
                        "forecast",
                        "d1-forecast-1",
                        1,
                        0,
                        Map.of(),
                        URI.create("mem://x/runs/"),
                        directory,
                        List.of(),
                        Map.of(),
                        null);
        var environment =
                Map.of(
                        RemoteConfig.VARIABLE,
                        Json.mapper()
                                .writeValueAsString(new RemoteConfig(config, classpath, files)),
                        RemoteConfig.KAFKA,
                        "{\"bootstrap.servers\":\"b:1\"}");
        return RemoteSettings.of(
                environment, Storages.among(List.of(new FileStorage(), memory)), temporary);
    }

    private byte[] zip() throws IOException {
        Path file = temporary.resolve("made.zip");
        try (FileSystem zip =
                FileSystems.newFileSystem(
                        file, Map.of("create", "true", "enablePosixFileAttributes", "true"))) {
            Files.createDirectory(zip.getPath("data"));
            Path data = Files.writeString(zip.getPath("data/a.csv"), "1,2");
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rw-r--r--"));
            Path script = Files.writeString(zip.getPath("run.sh"), "exit 0");
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        byte[] content = Files.readAllBytes(file);
        Files.delete(file);
        return content;
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
