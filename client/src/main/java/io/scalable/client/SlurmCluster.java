package io.scalable.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scalable.contracts.Json;
import io.scalable.contracts.scaling.ScaleRequested.Mode;
import io.scalable.manifest.ManifestException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Workers on Slurm whose number a program sets by itself, without a manifest:
 *
 * {@snippet :
 * try (var cluster = SlurmCluster.builder()
 *         .queue("batch").account("GCIMS").walltime("04:00:00").networkInterface("ib0").build()) {
 *     cluster.addContainer("demeter", 10, "20G", Map.of("/shared/data", "/data"));
 *     cluster.addWorkers(5, "demeter");
 *     var futures = cluster.client().map(Model::run, scenarios, TaskOption.tag("demeter"));
 *     var results = cluster.client().gather(futures);
 *     cluster.removeWorkers(3, "demeter");
 * }
 * }
 *
 * All containers are added before the first worker or task. Thread-safe.
 */
public final class SlurmCluster implements AutoCloseable {

    private static final String REASON = "asked for by the program";

    private final ObjectNode manifest;
    private final SessionOptions options;
    private @Nullable ScalableSession session;
    private @Nullable ScalableClient client;

    private SlurmCluster(ObjectNode manifest, SessionOptions options) {
        this.manifest = manifest;
        this.options = options;
    }

    /** A cluster with the defaults of this machine's Slurm. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A kind of worker without an image, so that it runs bare on its node.
     *
     * @param tag its name; tasks are sent to it by this
     * @param cpus cores of a worker
     * @param memory of a worker, such as {@code 20G}
     * @param dirs folders of the host to where an image shows them
     */
    public void addContainer(String tag, double cpus, String memory, Map<String, String> dirs) {
        addContainer(tag, null, cpus, memory, dirs);
    }

    /**
     * A kind of worker.
     *
     * @param tag its name; tasks are sent to it by this
     * @param image a reference or file that Apptainer, Singularity or Charliecloud can run; null to
     *     run bare
     * @param cpus cores of a worker
     * @param memory of a worker, such as {@code 20G}
     * @param dirs folders of the host to where the image shows them
     * @throws IllegalStateException if workers or tasks were there already
     */
    public synchronized void addContainer(
            String tag,
            @Nullable String image,
            double cpus,
            String memory,
            Map<String, String> dirs) {
        if (client != null) {
            throw new IllegalStateException(
                    "container '" + tag + "' comes too late: add all before workers and tasks");
        }
        ObjectNode component = manifest.withObject("/components").putObject(tag);
        component.put("cpus", cpus).put("memory", memory).put("workers", 0);
        if (image != null) {
            component.put("image", image);
        }
        ObjectNode mounts = component.putObject("mounts");
        dirs.forEach(mounts::put);
    }

    /**
     * Submits jobs for {@code n} more workers; returns at once.
     *
     * @throws IllegalArgumentException if there is no such container, or {@code n} is below 1
     * @throws ManifestException if a container or the cluster is described wrongly; lists all
     */
    public void addWorkers(int n, String tag) {
        scale(n, tag, Mode.ADD);
    }

    /**
     * Lets {@code n} workers go: those that wait for nodes first, then idle ones; busy ones finish
     * what they run.
     *
     * @throws IllegalArgumentException if there is no such container, or {@code n} is below 1
     */
    public void removeWorkers(int n, String tag) {
        scale(n, tag, Mode.REMOVE);
    }

    /**
     * Sends tasks to the workers. The first call brings up the control plane.
     *
     * @throws ManifestException if a container or the cluster is described wrongly; lists all
     * @throws IllegalStateException if jobs cannot be submitted from this machine
     */
    public synchronized ScalableClient client() {
        ScalableClient known = client;
        if (known == null) {
            var opened = ScalableSession.fromText(yaml(), "SlurmCluster", options);
            session = opened;
            known = opened.start();
            client = known;
        }
        return known;
    }

    /** Ends the workers and what was brought up for them. */
    @Override
    public synchronized void close() {
        if (session != null) {
            session.close();
        }
    }

    private void scale(int n, String tag, Mode mode) {
        if (n < 1) {
            throw new IllegalArgumentException("give 1 or more workers of " + tag + ", found " + n);
        }
        client().scale(tag, mode, n, REASON);
    }

    /** JSON is YAML. */
    private String yaml() {
        try {
            return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(manifest);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Describes the cluster; what is left out, Slurm decides. */
    public static final class Builder {

        private final ObjectNode manifest = Json.mapper().createObjectNode().put("version", 1);
        private final ObjectNode target;
        private SessionOptions options = SessionOptions.defaults();

        private Builder() {
            manifest.putObject("project").put("name", "slurm-cluster");
            target = manifest.putObject("targets").putObject("slurm");
            target.put("provider", "slurm").put("policy", "manual");
            manifest.putObject("components");
        }

        /** The project's name; durations are learned by it. */
        public Builder project(String name) {
            manifest.withObject("/project").put("name", name);
            return this;
        }

        /** The partition. */
        public Builder queue(String name) {
            return option("queue", name);
        }

        /** The account that is charged. */
        public Builder account(String name) {
            return option("account", name);
        }

        /** The longest time of a job, such as {@code 04:00:00}. */
        public Builder walltime(String time) {
            return option("walltime", time);
        }

        /** See {@link #walltime(String)}. */
        public Builder walltime(Duration time) {
            return option("walltime", time.toSeconds() + "s");
        }

        /** The network interface that workers reach this machine on, such as {@code ib0}. */
        public Builder networkInterface(String name) {
            return option("interface", name);
        }

        /** The port that workers connect to; one that the firewall lets through. */
        public Builder commPort(int port) {
            target.put("comm_port", port);
            return this;
        }

        /** What runs images: apptainer, singularity, charliecloud or none. */
        public Builder runtime(String word) {
            return option("runtime", word);
        }

        /** Any other key of a Slurm target, as the manifest has it. */
        public Builder option(String key, String value) {
            target.put(key, value);
            return this;
        }

        /** Where runs are kept, and which brokers to use. */
        public Builder session(SessionOptions wanted) {
            options = wanted;
            return this;
        }

        /** A cluster without workers; nothing is started. */
        public SlurmCluster build() {
            return new SlurmCluster(manifest.deepCopy(), options);
        }
    }
}
