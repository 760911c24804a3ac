package io.scalable.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** An image for Charliecloud, which runs a folder as one: it has a shell and no Java. */
final class ShellImage {

    /** The programs that a task's command needs. */
    private static final List<String> PROGRAMS = List.of("/bin/sh", "/bin/cat");

    private ShellImage() {}

    static void assumeRuntime() {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/ch-run")),
                "a worker in an image needs Debian's charliecloud");
    }

    /** A folder with a shell, the libraries that it and a Java need, and places for binds. */
    static Path in(Path image) throws Exception {
        for (String folder : List.of("dev", "proc", "sys", "tmp", "etc", "opt/scalable", "data")) {
            Files.createDirectories(image.resolve(folder));
        }
        Files.writeString(image.resolve("etc/passwd"), "root:x:0:0:root:/:/bin/sh\n");
        Files.writeString(image.resolve("etc/group"), "root:x:0:\n");
        Files.writeString(image.resolve("image-name"), "the image");
        for (String program : PROGRAMS) {
            copy(Path.of(program), image);
        }
        Path libraries = Path.of(System.getProperty("java.home"), "lib");
        for (String binary :
                List.of(
                        "/bin/sh",
                        "/bin/cat",
                        libraries.resolve("server/libjvm.so").toString(),
                        libraries.resolve("libnio.so").toString())) {
            for (Path library : libraries(binary)) {
                copy(library, image);
            }
        }
        return image;
    }

    private static List<Path> libraries(String binary) throws IOException {
        Process ldd = new ProcessBuilder("ldd", binary).start();
        return ldd.inputReader()
                .lines()
                .flatMap(line -> List.of(line.strip().split("\\s+")).stream())
                .filter(word -> word.startsWith("/") && !word.contains("/jvm/"))
                .map(Path::of)
                .toList();
    }

    private static void copy(Path file, Path image) throws IOException {
        Path target = image.resolve(file.toString().substring(1));
        Files.createDirectories(target.getParent());
        Files.copy(file.toRealPath(), target, StandardCopyOption.REPLACE_EXISTING);
    }
}
