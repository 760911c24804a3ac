package io.scalable.provider.local;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/** The class path that a worker process needs: the one of the JVM that starts it. */
final class WorkerClasspath {

    private static final String FAST_JAR = "quarkus-run.jar";

    private WorkerClasspath() {}

    static String ofThisJvm() {
        return of(System.getProperty("java.class.path", ""));
    }

    /**
     * {@code own} itself, unless it is Quarkus's fast-jar, whose libraries only its own class
     * loader finds: then the folders they lie in.
     */
    static String of(String own) {
        Path jar = Path.of(own.split(File.pathSeparator, 2)[0]);
        Path libraries = jar.resolveSibling("lib");
        if (jar.endsWith(FAST_JAR) && Files.isDirectory(libraries)) {
            return libraries.resolve("main")
                    + "/*"
                    + File.pathSeparator
                    + libraries.resolve("boot")
                    + "/*";
        }
        return own;
    }
}
