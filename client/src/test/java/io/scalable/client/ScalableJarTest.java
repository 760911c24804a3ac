package io.scalable.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScalableJarTest {

    @TempDir Path temp;

    @Test
    void whatIsSaidComesBeforeWhatIsFound() throws Exception {
        Path said = jar("said/scalable.jar");
        Path inEnv = jar("env/scalable.jar");
        jar("home/cli/target/scalable.jar");
        var env =
                Map.of(
                        "SCALABLE_JAR", inEnv.toString(),
                        "SCALABLE_HOME", temp.resolve("home").toString());

        assertThat(ScalableJar.find(said.toString(), env, temp)).isEqualTo(said);
        assertThat(ScalableJar.find(null, env, temp)).isEqualTo(inEnv);
        assertThat(ScalableJar.find(null, Map.of("SCALABLE_HOME", env.get("SCALABLE_HOME")), temp))
                .isEqualTo(temp.resolve("home/cli/target/scalable.jar"));
    }

    @Test
    void aFolderAboveTheWorkingDirectoryHasIt() throws Exception {
        Path jar = jar("project/cli/target/scalable.jar");

        assertThat(ScalableJar.find(null, Map.of(), temp.resolve("project/examples/energy")))
                .isEqualTo(jar);
    }

    @Test
    void withoutItTheMessageSaysWhatToDo() {
        assertThatThrownBy(() -> ScalableJar.find(null, Map.of("SCALABLE_JAR", "/no/x.jar"), temp))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("SCALABLE_HOME")
                .hasMessageContaining("looked at /no/x.jar");
    }

    private Path jar(String name) throws IOException {
        Path file = temp.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.createFile(file);
    }
}
