package io.scalable.dispatcher.messaging;

import io.scalable.contracts.Limits;
import io.scalable.dispatcher.domain.Rules;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Five topics into one processor with one store; out of it to whatever shared topic a record names.
 * The deployments' own topics are written by {@link OwnTopics}.
 */
final class DispatcherTopology {

    private static final String SOURCE = "in";
    private static final String PROCESSOR = "dispatcher";
    private static final String SINK = "out";

    private DispatcherTopology() {}

    /**
     * @param tick how often the machines are told that time has passed
     */
    static Topology of(
            Rules rules,
            Duration tick,
            Placement placement,
            Inputs inputs,
            OwnTopics topics,
            Ownership ownership) {
        return new Topology()
                .addSource(
                        SOURCE,
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        Inbound.TOPICS.toArray(String[]::new))
                .addProcessor(
                        PROCESSOR,
                        () ->
                                new DispatcherProcessor(
                                        rules, tick, placement, inputs, topics, ownership),
                        SOURCE)
                .addStateStore(rows(), PROCESSOR)
                .addSink(
                        SINK,
                        (_, outgoing, _) -> outgoing.topic(),
                        new ByteArraySerializer(),
                        Outgoing.serializer(),
                        PROCESSOR);
    }

    private static StoreBuilder<KeyValueStore<String, byte[]>> rows() {
        return Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(RowStore.NAME),
                        Serdes.String(),
                        Serdes.ByteArray())
                .withCachingEnabled()
                .withLoggingEnabled(
                        Map.of(
                                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                                Integer.toString(Limits.OWN_RECORD_BYTES),
                                TopicConfig.COMPRESSION_TYPE_CONFIG,
                                "uncompressed"));
    }
}
