package io.scalable.dispatcher.messaging;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.scalable.contracts.kafka.TopicAdmin;
import io.scalable.dispatcher.domain.Rules;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jboss.logging.Logger;

/** The dispatcher, running: takes its share of the partitions until it is closed. */
public final class DispatcherHost implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(DispatcherHost.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

    private final KafkaStreams streams;
    private final KafkaFarewell farewell;
    private final KafkaStreamsMetrics meters;

    private DispatcherHost(
            KafkaStreams streams, KafkaFarewell farewell, KafkaStreamsMetrics meters) {
        this.streams = streams;
        this.farewell = farewell;
        this.meters = meters;
    }

    /**
     * Starts; the shared topics are there. Does not wait for partitions.
     *
     * @param kafka Kafka client properties, {@code bootstrap.servers} at least
     * @throws IllegalStateException if Kafka refuses
     */
    public static DispatcherHost start(Map<String, String> kafka, HostSettings settings) {
        var placement = new Placement(partitions(kafka));
        var farewell = new KafkaFarewell(kafka);
        var topology =
                DispatcherTopology.of(Rules.standard(), settings.tick(), placement, farewell);
        var streams = new KafkaStreams(topology, StreamsSettings.of(kafka, settings));
        streams.setUncaughtExceptionHandler(
                e -> {
                    LOG.error("a dispatcher thread failed and is replaced", e);
                    return StreamThreadExceptionResponse.REPLACE_THREAD;
                });
        var meters = new KafkaStreamsMetrics(streams);
        meters.bindTo(Metrics.globalRegistry);
        streams.start();
        return new DispatcherHost(streams, farewell, meters);
    }

    /** True while it has its partitions and works. */
    public boolean running() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /** Commits, leaves the group, so that another takes over at once, and stops. */
    @Override
    public void close() {
        boolean stopped =
                streams.close(
                        CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
                                .withTimeout(CLOSE_WITHIN));
        farewell.close();
        meters.close();
        if (stopped) {
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
