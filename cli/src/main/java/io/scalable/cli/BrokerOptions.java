package io.scalable.cli;

import io.scalable.client.run.Deployments;
import io.scalable.manifest.ResolvedManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which brokers, and how to reach them. */
final class BrokerOptions {

    /** How long brokers may take to answer. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description =
                    "Kafka brokers that services run on, such as localhost:9092 (default: those"
                            + " that the target names; for commands that need some, those that up"
                            + " keeps running in this folder).")
    @Nullable String bootstrap;

    @Option(
            names = "--kafka-properties",
            paramLabel = "F",
            description = "File with further properties of Kafka clients, such as their security.")
    @Nullable Path file;

    /** True if brokers were named. */
    boolean given() {
        return bootstrap != null || file != null;
    }

    /** The brokers that the options name, else those of the manifest's target; empty for none. */
    Map<String, String> kafka(ResolvedManifest manifest) throws IOException {
        return given() ? kafka() : withSecret(manifest.kafka());
    }

    /** The kept control plane's secret is at hand; whoever gives settings of their own knows. */
    private static Map<String, String> withSecret(Map<String, String> kafka) throws IOException {
        String bootstrap = kafka.getOrDefault("bootstrap.servers", "");
        return kafka.size() == 1
                ? KeptControlPlane.at(bootstrap).map(KeptControlPlane::kafka).orElse(kafka)
                : kafka;
    }

    /** The options as they were given, for hints that can be pasted; begins with a blank. */
    String said() {
        return (bootstrap == null ? "" : " --bootstrap " + CommandName.quoted(bootstrap))
                + (file == null
                        ? ""
                        : " --kafka-properties " + CommandName.quoted(file.toString()));
    }

    /**
     * What a Kafka client needs to reach them; those of the kept control plane where none were
     * named.
     */
    Map<String, String> kafka() throws IOException {
        if (!given()) {
            return KeptControlPlane.running()
                    .map(KeptControlPlane::kafka)
                    .orElseThrow(
                            () ->
                                    new UsageException(
                                            "which brokers? Name them with --bootstrap HOST:PORT,"
                                                    + " or keep some running here with: "
                                                    + CommandName.here()
                                                    + " up"));
        }
        var properties = new Properties();
        if (file != null) {
            try (var in = Files.newBufferedReader(file)) {
                properties.load(in);
            }
        }
        var kafka = new HashMap<String, String>();
        properties.stringPropertyNames().forEach(k -> kafka.put(k, properties.getProperty(k)));
        if (bootstrap != null) {
            kafka.put("bootstrap.servers", bootstrap);
            if (file == null) {
                return withSecret(kafka);
            }
        }
        if (!kafka.containsKey("bootstrap.servers")) {
            throw new UsageException(
                    "which brokers? Name them with --bootstrap HOST:PORT, or as"
                            + " bootstrap.servers in "
                            + file);
        }
        return kafka;
    }

    Deployments deployments() throws IOException {
        return deployments(kafka());
    }

    /** The deployments on the brokers of {@code kafka}. */
    static Deployments deployments(Map<String, String> kafka) {
        return new Deployments(kafka, PATIENCE);
    }
}
