package io.scalable.client;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a session needs beyond the manifest.
 *
 * @param runs the folder that gets a folder for each run
 * @param kafka Kafka client properties of brokers to connect to; empty takes the target's {@code
 *     bootstrap}, or, without one, starts a control plane of its own
 */
public record SessionOptions(Path runs, Map<String, String> kafka) {

    public SessionOptions {
        kafka = Map.copyOf(kafka);
    }

    /** Runs in {@code .scalable/runs}; brokers as the target says. */
    public static SessionOptions defaults() {
        return new SessionOptions(Path.of(".scalable", "runs"), Map.of());
    }

    /** The same with another folder for runs. */
    public SessionOptions withRuns(Path folder) {
        return new SessionOptions(folder, kafka);
    }

    /** The same with brokers to connect to. */
    public SessionOptions withKafka(Map<String, String> properties) {
        return new SessionOptions(runs, properties);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "SessionOptions[" + runs + "]";
    }
}
