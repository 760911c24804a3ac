package io.scalable.provider.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the local provider hands to its workers.
 *
 * @param workDir holds {@code workers/}: logs of worker processes, and their settings while they
 *     run
 * @param kafka Kafka client properties for the workers, {@code bootstrap.servers} at least; may
 *     hold secrets
 * @param taskParent where workers that are threads look up handlers of components without a
 *     classpath
 * @param classpath the class path of worker processes, in Java's own notation
 * @param jvmOptions further options for the JVMs of worker processes
 */
public record LocalSettings(
        Path workDir,
        Map<String, String> kafka,
        ClassLoader taskParent,
        String classpath,
        List<String> jvmOptions) {
    public LocalSettings {
        workDir = workDir.toAbsolutePath();
        kafka = Map.copyOf(kafka);
        jvmOptions = List.copyOf(jvmOptions);
    }

    /**
     * Workers see what this JVM sees: its class path, and the class loader of the caller's thread.
     */
    public static LocalSettings of(Path workDir, Map<String, String> kafka) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return new LocalSettings(
                workDir,
                kafka,
                context == null ? LocalSettings.class.getClassLoader() : context,
                WorkerClasspath.ofThisJvm(),
                List.of());
    }

    /** The same with further JVM options for worker processes. */
    public LocalSettings withJvmOptions(List<String> options) {
        return new LocalSettings(workDir, kafka, taskParent, classpath, options);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "LocalSettings[" + workDir + "]";
    }
}
