package io.scalable.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.client.host.ListenAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlPlaneCommandTest {

    @TempDir Path temp;
    private Path jar;
    private Path cache;

    @BeforeEach
    void makeJar() throws IOException {
        jar = Files.createFile(temp.resolve("scalable.jar"));
        cache = temp.resolve("scalable.aot");
        Files.setLastModifiedTime(jar, FileTime.fromMillis(2_000));
    }

    @Test
    void itRunsTheJarOnThisJava() {
        assertThat(ControlPlaneCommand.of(jar, ListenAddress.LOOPBACK))
                .startsWith(Path.of(System.getProperty("java.home"), "bin", "java").toString())
                .containsSequence("-jar", jar.toString(), "control-plane")
                .contains("--add-opens=java.base/java.lang=ALL-UNNAMED")
                .noneMatch(word -> word.startsWith("-XX:AOTCache"));
    }

    @Test
    void aNewerCacheIsUsed() throws IOException {
        Files.writeString(cache, "cache");
        Files.setLastModifiedTime(cache, FileTime.fromMillis(3_000));

        assertThat(ControlPlaneCommand.of(jar, ListenAddress.LOOPBACK))
                .contains("-XX:AOTCache=" + cache);
    }

    @Test
    void anOlderCacheIsLeftAlone() throws IOException {
        Files.writeString(cache, "cache");
        Files.setLastModifiedTime(cache, FileTime.fromMillis(1_000));

        assertThat(ControlPlaneCommand.of(jar, ListenAddress.LOOPBACK))
                .noneMatch(word -> word.startsWith("-XX:AOTCache"));
    }

    @Test
    void anEmptyCacheIsLeftAlone() throws IOException {
        Files.createFile(cache);

        assertThat(ControlPlaneCommand.of(jar, ListenAddress.LOOPBACK))
                .noneMatch(word -> word.startsWith("-XX:AOTCache"));
    }
}
