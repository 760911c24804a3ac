package io.scalable.dispatcher.messaging;

import io.scalable.contracts.JsonCodec;
import io.scalable.dispatcher.domain.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The rows of all deployments of a partition, as JSON under {@code <deployment>|<row>}. */
final class RowStore {

    /** The store's name, also part of its changelog's. */
    static final String NAME = "rows";

    private static final char SEPARATOR = '|';
    private static final JsonCodec<Row> CODEC = JsonCodec.of(Row.class);

    private final KeyValueStore<String, byte[]> store;

    RowStore(KeyValueStore<String, byte[]> store) {
        this.store = store;
    }

    void write(String deploymentId, Map<String, Optional<Row>> rows) {
        rows.forEach(
                (key, row) ->
                        store.put(
                                deploymentId + SEPARATOR + key,
                                row.map(CODEC::encode).orElse(null)));
    }

    /** Every row, by deployment. */
    Map<String, List<Row>> all() {
        try (KeyValueIterator<String, byte[]> rows = store.all()) {
            return grouped(rows);
        }
    }

    /** The rows of one deployment. */
    List<Row> of(String deploymentId) {
        String prefix = deploymentId + SEPARATOR;
        try (KeyValueIterator<String, byte[]> rows =
                store.prefixScan(prefix, new StringSerializer())) {
            return grouped(rows).getOrDefault(deploymentId, List.of());
        }
    }

    private static Map<String, List<Row>> grouped(KeyValueIterator<String, byte[]> rows) {
        var all = new LinkedHashMap<String, List<Row>>();
        while (rows.hasNext()) {
            KeyValue<String, byte[]> row = rows.next();
            String deployment = row.key.substring(0, row.key.indexOf(SEPARATOR));
            all.computeIfAbsent(deployment, _ -> new ArrayList<>()).add(CODEC.decode(row.value));
        }
        return all;
    }
}
