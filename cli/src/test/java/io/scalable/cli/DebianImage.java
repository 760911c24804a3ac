package io.scalable.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.scalable.testkit.DevScript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An image for Charliecloud, which runs a folder as one: Debian by debootstrap, without a Java. */
final class DebianImage {

    private DebianImage() {}

    static void assumeRuntime() {
        for (String program : List.of("/usr/bin/ch-run", "/usr/sbin/debootstrap")) {
            assumeTrue(
                    Files.isExecutable(Path.of(program)),
                    "a worker in an image needs " + program + ", which dev/tools installs as root");
        }
    }

    /** A copy of the image of {@code dev/image} at {@code image}, with places for binds. */
    static Path in(Path image) throws Exception {
        String made = DevScript.run("image").orElseThrow();
        Process copy =
                new ProcessBuilder("cp", "-a", "--reflink=auto", made, image.toString())
                        .inheritIO()
                        .start();
        assertThat(copy.waitFor()).isZero();
        for (String folder : List.of("opt/scalable", "data")) {
            Files.createDirectories(image.resolve(folder));
        }
        Files.writeString(image.resolve("image-name"), "the image");
        assertThat(image.resolve("usr/bin/java")).doesNotExist();
        return image;
    }
}
