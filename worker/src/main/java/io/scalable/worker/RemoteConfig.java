package io.scalable.worker;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker is told that has no folder in common with whoever launched it: by its environment,
 * with its files in storage.
 *
 * @param config its settings, without the broker's and without a class path
 * @param classpath where jars and zipped folders with handlers lie
 * @param files a zip that it unpacks into a folder of its own and works in; null to work in the
 *     folder of {@code config}
 */
public record RemoteConfig(WorkerConfig config, List<URI> classpath, @Nullable URI files) {

    /** The argument of {@link WorkerMain} that makes it look into its environment. */
    public static final String ARGUMENT = "env";

    /** The environment variable with this as JSON. */
    public static final String VARIABLE = "SCALABLE_WORKER";

    /** The environment variable with the Kafka client properties as JSON; may hold secrets. */
    public static final String KAFKA = "SCALABLE_KAFKA";

    public RemoteConfig {
        classpath = List.copyOf(classpath);
    }
}
