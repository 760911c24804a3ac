package io.scalable.kafka;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;
import org.apache.kafka.server.fault.LoggingFaultHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka's own servers, put together as its {@code KafkaRaftServer} does, but for three things: the
 * sockets come from outside, a fault is logged and does not halt the JVM, and no bean for log
 * levels is registered.
 */
final class KafkaNode {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaNode.class);

    private final ControllerServer controller;
    private final BrokerServer broker;

    private KafkaNode(ControllerServer controller, BrokerServer broker) {
        this.controller = controller;
        this.broker = broker;
    }

    /**
     * Starts both roles; returns when clients are served. A failed start leaves nothing running.
     */
    static KafkaNode start(Properties properties, ServerSocketFactory sockets) {
        KafkaConfig config = KafkaConfig.fromProps(properties, false);
        var stored = KafkaRaftServer.initializeLogDirs(config, LOG, "");
        var shared =
                new SharedServer(
                        config,
                        stored._1,
                        Time.SYSTEM,
                        Server.initializeMetrics(
                                config, Time.SYSTEM, stored._1.clusterId().orElseThrow()),
                        CompletableFuture.completedFuture(
                                QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
                        QuorumConfig.parseBootstrapServers(
                                config.quorumConfig().bootstrapServers()),
                        (name, fatal, action) -> new LoggingFaultHandler(name, action),
                        sockets);
        var node =
                new KafkaNode(
                        new ControllerServer(shared, KafkaRaftServer.configSchema(), stored._2),
                        new BrokerServer(shared));
        try {
            node.controller.startup();
            node.broker.startup();
            return node;
        } catch (RuntimeException e) {
            node.stop();
            throw e;
        }
    }

    /** Stops both roles; returns when their threads have ended. */
    void stop() {
        broker.shutdown(Duration.ofSeconds(10));
        controller.shutdown();
    }
}
