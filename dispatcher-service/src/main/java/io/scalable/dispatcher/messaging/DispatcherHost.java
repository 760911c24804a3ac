package io.scalable.dispatcher.messaging;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.scalable.contracts.Limits;
import io.scalable.contracts.kafka.KafkaClients;
import io.scalable.contracts.kafka.TopicAdmin;
import io.scalable.dispatcher.domain.Rules;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.jboss.logging.Logger;

/** The dispatcher, running: takes its share of the partitions until it is closed. */
public final class DispatcherHost implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(DispatcherHost.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);
    private static final String OWN_TOPICS = StreamsSettings.APPLICATION_ID + "-own-topics";

    private final KafkaStreams streams;
    private final KafkaOwnTopics topics;
    private final Ownership ownership;
    private final KafkaStreamsMetrics meters;

    private DispatcherHost(
            KafkaStreams streams,
            KafkaOwnTopics topics,
            Ownership ownership,
            KafkaStreamsMetrics meters) {
        this.streams = streams;
        this.topics = topics;
        this.ownership = ownership;
        this.meters = meters;
    }

    /**
     * Starts; the shared topics are there. Does not wait for partitions.
     *
     * @param kafka Kafka client properties, {@code bootstrap.servers} at least
     * @param stopped told once, by another thread, if the dispatcher cannot go on, and why; it is
     *     still to be closed
     * @throws IllegalStateException if Kafka refuses
     */
    public static DispatcherHost start(
            Map<String, String> kafka, HostSettings settings, Consumer<Throwable> stopped) {
        var placement = new Placement(partitions(kafka));
        Admin admin = KafkaClients.admin(kafka, OWN_TOPICS);
        var topics =
                new KafkaOwnTopics(
                        KafkaClients.producer(
                                kafka,
                                OWN_TOPICS,
                                Map.of(
                                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                                        4L * Limits.OWN_RECORD_BYTES,
                                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                                        2_000,
                                        // What comes while the broker answers goes as one request.
                                        ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                                        1,
                                        ProducerConfig.BATCH_SIZE_CONFIG,
                                        Limits.SHARED_RECORD_BYTES,
                                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                                        10_000,
                                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                                        20_000)),
                        admin);
        Duration session = SessionTimeout.on(admin);
        var ownership = Ownership.within(session);
        var results = new RecentResults(kafka);
        var inputs = new KafkaInputs(admin, Inbound.TOPICS, results, ownership);
        var topology =
                DispatcherTopology.of(
                        Rules.standard(), settings.tick(), placement, inputs, topics, ownership);
        Properties properties = StreamsSettings.of(kafka, settings, session);
        var streams = new KafkaStreams(topology, properties, inputs.clients());
        streams.setUncaughtExceptionHandler(new StreamFailures(stopped));
        var meters = new KafkaStreamsMetrics(streams);
        meters.bindTo(Metrics.globalRegistry);
        streams.start();
        return new DispatcherHost(streams, topics, ownership, meters);
    }

    /** True while it has its partitions and works, and the broker answers. */
    public boolean running() {
        return streams.state() == KafkaStreams.State.RUNNING && topics.brokerAnswers();
    }

    /** Commits, leaves the group, so that another takes over at once, and stops. */
    @Override
    public void close() {
        boolean closed =
                streams.close(
                        CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
                                .withTimeout(CLOSE_WITHIN));
        topics.close();
        ownership.close();
        meters.close();
        if (closed) {
            streams.cleanUp();
        } else {
            LOG.warnf("the dispatcher did not stop within %d s", CLOSE_WITHIN.toSeconds());
        }
    }

    private static int partitions(Map<String, String> kafka) {
        try (var topics = new TopicAdmin(kafka)) {
            return topics.sharedPartitions();
        }
    }
}
