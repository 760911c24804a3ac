package io.scalable.kafka;

import static io.scalable.kafka.Listeners.CLIENT;
import static io.scalable.kafka.Listeners.CONTROLLER;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * The settings of the embedded broker: one node that is broker and controller, tuned to start fast
 * and stay small.
 */
final class BrokerProperties {

    static final int NODE_ID = 1;

    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    private BrokerProperties() {}

    static Properties of(
            EmbeddedKafkaOptions options, Listeners listeners, Credentials credentials) {
        var properties = new Properties();
        properties.putAll(node(options.dataDir()));
        properties.putAll(network(options.host(), listeners));
        properties.putAll(security(credentials));
        if (options.plain()) {
            properties.putAll(plain(credentials));
        }
        properties.putAll(alone());
        properties.putAll(small());
        properties.putAll(quick());
        return properties;
    }

    private static Map<String, String> node(Path dataDir) {
        return Map.of(
                "process.roles", "broker,controller",
                "node.id", Integer.toString(NODE_ID),
                "log.dirs", dataDir.toString(),
                "auto.create.topics.enable", "false",
                // Two brokers of one JVM would fight over the names of their beans.
                "metric.reporters", "");
    }

    private static Map<String, String> network(String host, Listeners listeners) {
        String client = CLIENT + "://" + host + ":" + listeners.port(CLIENT);
        String controller = EmbeddedKafkaOptions.LOOPBACK + ":" + listeners.port(CONTROLLER);
        return Map.of(
                "listeners", client + "," + CONTROLLER + "://" + controller,
                "advertised.listeners", client,
                "inter.broker.listener.name", CLIENT,
                "controller.listener.names", CONTROLLER,
                "controller.quorum.voters", NODE_ID + "@" + controller);
    }

    /**
     * Clients use SCRAM. The controller's own listener cannot: SCRAM's credentials lie in the log
     * that the controller has yet to read; it uses PLAIN with the same secret and never leaves
     * loopback.
     */
    private static Map<String, String> security(Credentials credentials) {
        return Map.of(
                "listener.security.protocol.map",
                CLIENT + ":SASL_PLAINTEXT," + CONTROLLER + ":SASL_PLAINTEXT",
                "listener.name.client.sasl.enabled.mechanisms",
                Credentials.SCRAM,
                "listener.name.client.scram-sha-256.sasl.jaas.config",
                credentials.scramLogin(),
                "sasl.mechanism.inter.broker.protocol",
                Credentials.SCRAM,
                "listener.name.controller.sasl.enabled.mechanisms",
                Credentials.PLAIN,
                "listener.name.controller.plain.sasl.jaas.config",
                credentials.plainLogin(),
                "sasl.mechanism.controller.protocol",
                Credentials.PLAIN);
    }

    private static Map<String, String> plain(Credentials credentials) {
        return Map.of(
                "listener.name.client.sasl.enabled.mechanisms",
                Credentials.SCRAM + "," + Credentials.PLAIN,
                "listener.name.client.plain.sasl.jaas.config",
                credentials.plainLogin());
    }

    /** One node: nothing can be replicated. */
    private static Map<String, String> alone() {
        return Map.of(
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "2",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "2",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "share.coordinator.state.topic.num.partitions", "1",
                "default.replication.factor", "1",
                "min.insync.replicas", "1");
    }

    /** Few threads and small buffers. */
    private static Map<String, String> small() {
        return Map.of(
                "num.network.threads",
                "2",
                "num.io.threads",
                "4",
                "background.threads",
                "2",
                "num.recovery.threads.per.data.dir",
                "1",
                "log.cleaner.dedupe.buffer.size",
                Integer.toString(2 * MIB),
                "log.cleaner.io.buffer.size",
                Integer.toString(256 * KIB),
                "log.index.size.max.bytes",
                Integer.toString(MIB),
                "log.segment.bytes",
                Integer.toString(256 * MIB));
    }

    /** No waiting where there is nobody to wait for. */
    private static Map<String, String> quick() {
        return Map.of(
                "group.initial.rebalance.delay.ms", "0",
                "group.min.session.timeout.ms", "1000",
                "broker.heartbeat.interval.ms", "500",
                // A broker that was killed may come back only when its session is over.
                "broker.session.timeout.ms", "5000",
                // A transaction that its client forgot holds up everybody behind it.
                "transaction.max.timeout.ms", "60000",
                "log.segment.delete.delay.ms", "1000");
    }
}
