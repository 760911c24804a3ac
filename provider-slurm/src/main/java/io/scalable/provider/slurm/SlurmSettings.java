package io.scalable.provider.slurm;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the Slurm provider hands to its workers. All folders are seen by the compute nodes as well.
 *
 * @param workDir holds {@code workers/}: settings and logs of workers
 * @param shared holds the bundle; binds of containers show it at the same place
 * @param kafka Kafka client properties for the workers; may hold secrets
 * @param runtime the folder of the workers' Java
 * @param classpath the class path of workers, in Java's own notation
 * @param jvmOptions further options for the JVMs of workers
 */
public record SlurmSettings(
        Path workDir,
        Path shared,
        Map<String, String> kafka,
        Path runtime,
        String classpath,
        List<String> jvmOptions) {

    public SlurmSettings {
        workDir = workDir.toAbsolutePath();
        shared = shared.toAbsolutePath();
        runtime = runtime.toAbsolutePath();
        kafka = Map.copyOf(kafka);
        jvmOptions = List.copyOf(jvmOptions);
    }

    /** Workers that use {@code bundle}. */
    public static SlurmSettings of(
            Path workDir, Path shared, Map<String, String> kafka, Bundle bundle) {
        // Without the JVM's own log: it would complain of a cache that does not fit the node.
        List<String> options = List.of("-XX:AOTCache=" + bundle.cache(), "-Xlog:disable");
        return new SlurmSettings(
                workDir, shared, kafka, bundle.runtime(), bundle.classpath(), options);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "SlurmSettings[" + workDir + "]";
    }
}
