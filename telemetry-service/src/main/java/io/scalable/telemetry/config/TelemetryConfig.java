package io.scalable.telemetry.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of the telemetry service. Where Kafka is, {@code kafka.bootstrap.servers} says. */
@ConfigMapping(prefix = "scalable.telemetry")
public interface TelemetryConfig {

    /**
     * The folder of the embedded database; made if missing. An explicit path: it starts with {@code
     * /} or {@code ./}. Not used where {@link #jdbcUrl} is set.
     */
    Path dataDir();

    /** The database: {@code jdbc:postgresql:...}, or {@code jdbc:h2:...} as by default. */
    String jdbcUrl();

    /** The database's user; H2 needs none. */
    Optional<String> username();

    /** The user's password. */
    Optional<String> password();

    /**
     * How long an ended deployment is remembered, and the samples of one that lives, an ISO-8601
     * duration.
     */
    @WithDefault("P30D")
    Duration retention();

    /**
     * The most tasks that have ended which a living deployment keeps one by one, the newest; older
     * ones stay in its sums. 1 or more.
     */
    @WithDefault("200000")
    int keptTasks();

    /**
     * The most workers that have ended which a living deployment keeps one by one, the newest; older
     * ones stay in its sums. 1 or more.
     */
    @WithDefault("20000")
    int keptWorkers();

    /** The most failed attempts that a living deployment keeps, the newest; 1 or more. */
    @WithDefault("20000")
    int keptFailures();

    /** The most scale plans that a living deployment keeps, the newest; 1 or more. */
    @WithDefault("10000")
    int keptPlans();

    /** The longest wait between two tries of a database that is away, an ISO-8601 duration. */
    @WithDefault("PT15S")
    Duration retryAtMost();

    /** Partitions of shared topics that this service makes because they are missing; 1 or more. */
    @WithDefault("4")
    int partitions();

    /** False where somebody else has made sure of the topics. */
    @WithDefault("true")
    boolean ensureTopics();

    /**
     * Whether the process ends with an error if telemetry cannot go on. False where others live in it,
     * who hear of it by {@link io.scalable.telemetry.messaging.HistoryLoop#onLoss}.
     */
    @WithDefault("true")
    boolean exitOnLoss();

    /**
     * How long after the start the store is opened, an ISO-8601 duration. Opening it takes a second
     * or so of processor time, which the standalone would rather give to its first tasks; no record
     * is lost by it.
     */
    @WithDefault("PT0S")
    Duration startDelay();

    /**
     * What REST requests must bring as {@code Authorization: Bearer <token>}; without it everybody
     * who reaches the port may read.
     */
    Optional<String> token();
}
