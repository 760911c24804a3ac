package io.scalable.worker;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a worker must know. It holds the broker's secret: as a file it must be readable by its owner
 * alone.
 *
 * @param deploymentId the deployment it works for
 * @param component the pool's component
 * @param workerId unique; see {@link io.scalable.contracts.Ids#workerId}
 * @param slots attempts it runs at a time, at least 1
 * @param partition the partition of the assignments topic that it reads, from 0
 * @param kafka Kafka client properties, {@code bootstrap.servers} at least
 * @param storage where large payloads and task logs go
 * @param directory the folder that relative paths of the manifest mean; commands run in it
 * @param classpath jars and folders with handlers, which get a class loader of their own; empty to
 *     look handlers up where the worker's owner says
 * @param env environment of commands, on top of the worker's own
 * @param endsAt when its allocation ends; null if never. It drains itself shortly before
 * @param orphanTimeout the worker ends itself after so long without contact with the broker, above
 *     0; 60 s unless given. The first contact may take a quarter of it
 * @param grace how long what runs may go on once the platform ends the worker by a signal, 0 or
 *     more; 2 s unless given. Less than what the platform grants between its signal and the kill
 */
public record WorkerConfig(
        String deploymentId,
        String component,
        String workerId,
        int slots,
        int partition,
        Map<String, String> kafka,
        URI storage,
        Path directory,
        List<Path> classpath,
        Map<String, String> env,
        @Nullable Instant endsAt,
        Duration orphanTimeout,
        Duration grace) {

    /** The {@code grace} of workers that are not told otherwise. */
    public static final Duration DEFAULT_GRACE = Duration.ofSeconds(2);

    /** The {@code orphanTimeout} of workers that are not told otherwise. */
    public static final Duration DEFAULT_ORPHAN_TIMEOUT = Duration.ofSeconds(60);

    /** The share of the patience with an absent broker that the first contact gets. */
    private static final int FIRST_CONTACT = 4;

    public WorkerConfig {
        kafka = Map.copyOf(kafka);
        classpath = classpath == null ? List.of() : List.copyOf(classpath);
        env =
                env == null
                        ? Map.of()
                        : Collections.unmodifiableMap(new LinkedHashMap<String, String>(env));
        orphanTimeout = orphanTimeout == null ? DEFAULT_ORPHAN_TIMEOUT : orphanTimeout;
        grace = grace == null ? DEFAULT_GRACE : grace;
        if (slots < 1 || partition < 0) {
            throw new IllegalArgumentException(
                    "a worker needs slots >= 1 and partition >= 0, found "
                            + slots
                            + " and "
                            + partition);
        }
        if (orphanTimeout.isNegative() || orphanTimeout.isZero()) {
            throw new IllegalArgumentException("orphanTimeout must be above 0: " + orphanTimeout);
        }
        if (grace.isNegative()) {
            throw new IllegalArgumentException("grace must be 0 or more: " + grace);
        }
    }

    /** A worker with {@link #DEFAULT_ORPHAN_TIMEOUT} and {@link #DEFAULT_GRACE}. */
    public WorkerConfig(
            String deploymentId,
            String component,
            String workerId,
            int slots,
            int partition,
            Map<String, String> kafka,
            URI storage,
            Path directory,
            List<Path> classpath,
            Map<String, String> env,
            @Nullable Instant endsAt) {
        this(
                deploymentId,
                component,
                workerId,
                slots,
                partition,
                kafka,
                storage,
                directory,
                classpath,
                env,
                endsAt,
                DEFAULT_ORPHAN_TIMEOUT,
                DEFAULT_GRACE);
    }

    /** How long the first contact with the broker may take: many may start at once. */
    Duration firstContact() {
        return orphanTimeout.dividedBy(FIRST_CONTACT);
    }

    /** The same worker, more or less patient with a broker that is away. */
    public WorkerConfig withOrphanTimeout(Duration patience) {
        return with(kafka, directory, classpath, endsAt, patience, grace);
    }

    /** The same worker on a platform that grants another time between its signal and the kill. */
    public WorkerConfig withGrace(Duration granted) {
        return with(kafka, directory, classpath, endsAt, orphanTimeout, granted);
    }

    /** The same worker in an allocation that ends. */
    public WorkerConfig withEndsAt(Instant end) {
        return with(kafka, directory, classpath, end, orphanTimeout, grace);
    }

    /** The same worker that reaches its broker by {@code properties}. */
    WorkerConfig withKafka(Map<String, String> properties) {
        return with(properties, directory, classpath, endsAt, orphanTimeout, grace);
    }

    /** The same worker with another folder and class path. */
    WorkerConfig withFiles(Path folder, List<Path> jars) {
        return with(kafka, folder, jars, endsAt, orphanTimeout, grace);
    }

    private WorkerConfig with(
            Map<String, String> properties,
            Path folder,
            List<Path> jars,
            @Nullable Instant end,
            Duration patience,
            Duration granted) {
        return new WorkerConfig(
                deploymentId,
                component,
                workerId,
                slots,
                partition,
                properties,
                storage,
                folder,
                jars,
                env,
                end,
                patience,
                granted);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "WorkerConfig[" + workerId + ", slots " + slots + ", partition " + partition + "]";
    }
}
