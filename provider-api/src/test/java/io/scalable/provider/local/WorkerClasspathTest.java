package io.scalable.provider.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerClasspathTest {

    @Test
    void aWorkerSeesWhatThisJvmSees() {
        assertThat(WorkerClasspath.of("scalable.jar:more.jar")).isEqualTo("scalable.jar:more.jar");
    }

    @Test
    void quarkusFastJarIsReplacedByTheFoldersOfItsLibraries(@TempDir Path app) throws Exception {
        Files.createDirectory(app.resolve("lib"));

        assertThat(WorkerClasspath.of(app.resolve("quarkus-run.jar").toString()))
                .isEqualTo(app.resolve("lib/main") + "/*:" + app.resolve("lib/boot") + "/*");
    }
}
