package io.scalable.provider.local.service.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Settings of the local provider's service. */
@ConfigMapping(prefix = "scalable.provider-local")
public interface ProviderLocalConfig {

    /** Which deployments it serves: those whose {@code providerHost} is this. One service each. */
    @WithDefault("provider-local")
    String host();

    /** Holds the logs of worker processes; made if it is missing. */
    @WithDefault(".scalable/provider-local")
    Path workDir();

    /** Partitions of shared topics that it has to make, at least 1. */
    @WithDefault("4")
    int partitions();

    /** False where somebody else has made sure of the topics. */
    @WithDefault("true")
    boolean ensureTopics();

    /** True to end the application with an error when its loop cannot go on. */
    @WithDefault("true")
    boolean exitOnLoss();

    /** Further options for the JVMs of worker processes, such as {@code -XX:+UseZGC}. */
    Optional<List<String>> jvmOptions();
}
