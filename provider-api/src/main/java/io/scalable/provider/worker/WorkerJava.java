package io.scalable.provider.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes the Java that workers bring along, so that neither machines nor images need one.
 *
 * <p>As a program it makes one in the folder that it is given.
 */
public final class WorkerJava {

    /**
     * All of Java SE, since handlers may use any of it, and what Kafka and storage need besides.
     */
    private static final String MODULES =
            "java.se,jdk.charsets,jdk.crypto.ec,jdk.localedata,jdk.management,jdk.naming.dns,"
                    + "jdk.security.auth,jdk.unsupported,jdk.zipfs";

    private WorkerJava() {}

    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            throw new IllegalArgumentException("usage: WorkerJava FOLDER, which must not be there");
        }
        link(Path.of(args[0]));
    }

    /**
     * Links this JVM's own Java, for this operating system and processor, into {@code target},
     * which must not be there.
     *
     * @throws IOException if this is no whole JDK, or there is no room
     */
    public static void link(Path target) throws IOException {
        Path jlink = Path.of(System.getProperty("java.home"), "bin", "jlink");
        if (!Files.isExecutable(jlink)) {
            throw new IOException(
                    "cannot make the workers' Java: " + jlink + " is missing; run on a whole JDK");
        }
        Process process =
                new ProcessBuilder(
                                jlink.toString(),
                                "--add-modules",
                                MODULES,
                                "--strip-debug",
                                "--no-header-files",
                                "--no-man-pages",
                                "--generate-cds-archive",
                                "--compress",
                                "zip-6",
                                "--output",
                                target.toString())
                        .redirectErrorStream(true)
                        .start();
        try (var out = process.getInputStream()) {
            String words = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException("cannot make the workers' Java: jlink: " + words.strip());
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while making the workers' Java", e);
        }
    }
}
