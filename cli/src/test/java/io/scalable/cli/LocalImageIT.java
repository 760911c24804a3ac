package io.scalable.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Local workers inside their component's image. */
class LocalImageIT {

    @TempDir Path folder;

    @Test
    void aLocalWorkerRunsInItsImageWithAJavaOfItsOwn() throws Exception {
        DebianImage.assumeRuntime();
        Path image = DebianImage.in(folder.resolve("image"));
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(data.resolve("word"), "mounted in ");
        Files.writeString(
                folder.resolve("scalable.yaml"),
                """
                version: 1
                project: {name: boxed}
                targets:
                  local: {provider: local, containers: charliecloud}
                components:
                  boxed: {image: %s, cpus: 1, memory: 512M, mounts: {%s: /data}}
                tasks:
                  look: {component: boxed, command: [/bin/sh, -c, 'cat /data/word /image-name']}
                """
                        .formatted(image, data));
        try (var run =
                RunningCommand.start(folder, Map.of("USER", "root"), "run", "--runs-dir", "runs")) {
            assertThat(run.exitStatus()).as(run.output()).isZero();

            assertThat(run.tasks("look").getFirst().result().value().asText())
                    .isEqualTo("mounted in the image");
            run.awaitNothingLeft();
        }
    }
}
