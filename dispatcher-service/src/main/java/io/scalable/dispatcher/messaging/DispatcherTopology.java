package io.scalable.dispatcher.messaging;

import io.scalable.dispatcher.domain.Rules;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Five topics into one processor with one store; out of it to whatever topic a record names. */
final class DispatcherTopology {

    /** The sink for records that their key places. */
    static final String OUT = "out";

    /** The sink for a deployment's own topics, where the record names its partition. */
    static final String TO_DEPLOYMENT = "to-deployment";

    private static final String SOURCE = "in";
    private static final String PROCESSOR = "dispatcher";

    private DispatcherTopology() {}

    /**
     * @param tick how often the machines are told that time has passed
     */
    static Topology of(Rules rules, Duration tick, Placement placement, Farewell farewell) {
        StreamPartitioner<byte[], Outgoing> named =
                (_, _, outgoing, _) -> Optional.ofNullable(outgoing.partition()).map(Set::of);
        return new Topology()
                .addSource(
                        SOURCE,
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        Inbound.TOPICS.toArray(String[]::new))
                .addProcessor(
                        PROCESSOR,
                        () -> new DispatcherProcessor(rules, tick, placement, farewell),
                        SOURCE)
                .addStateStore(rows(), PROCESSOR)
                .addSink(
                        OUT,
                        (_, outgoing, _) -> outgoing.topic(),
                        new ByteArraySerializer(),
                        Outgoing.serializer(),
                        PROCESSOR)
                .addSink(
                        TO_DEPLOYMENT,
                        (_, outgoing, _) -> outgoing.topic(),
                        new ByteArraySerializer(),
                        Outgoing.serializer(),
                        named,
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
                                Integer.toString(StreamsSettings.LARGEST_REQUEST_BYTES)));
    }
}
