package io.scalable.dispatcher.messaging;

import io.scalable.contracts.InvalidRecordException;
import io.scalable.dispatcher.domain.Row;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The rows of all deployments of a partition, as JSON under {@code <deployment>|<row>}. */
final class RowStore {

    /** The store's name, also part of its changelog's. */
    static final String NAME = "rows";

    private static final char SEPARATOR = '|';

    private final KeyValueStore<String, byte[]> store;

    RowStore(KeyValueStore<String, byte[]> store) {
        this.store = store;
    }

    /** Writes encoded rows; an empty one goes. */
    void write(String deploymentId, Map<String, Optional<byte[]>> rows) {
        rows.forEach((key, row) -> store.put(deploymentId + SEPARATOR + key, row.orElse(null)));
    }

    /** The deployments that have rows. */
    Set<String> deployments() {
        var found = new LinkedHashSet<String>();
        try (KeyValueIterator<String, byte[]> rows = store.all()) {
            while (rows.hasNext()) {
                String key = rows.next().key;
                found.add(key.substring(0, key.indexOf(SEPARATOR)));
            }
        }
        return found;
    }

    /**
     * The rows of one deployment.
     *
     * @throws InvalidRecordException if one cannot be read; the message names it
     */
    List<Row> of(String deploymentId) {
        var found = new ArrayList<Row>();
        try (KeyValueIterator<String, byte[]> rows = scan(deploymentId)) {
            while (rows.hasNext()) {
                KeyValue<String, byte[]> row = rows.next();
                try {
                    found.add(RowMapping.decode(row.value));
                } catch (InvalidRecordException e) {
                    throw new InvalidRecordException("row " + row.key + ": " + e.getMessage(), e);
                }
            }
        }
        return found;
    }

    /** Deletes all rows of a deployment, whatever is in them. */
    void delete(String deploymentId) {
        var keys = new ArrayList<String>();
        try (KeyValueIterator<String, byte[]> rows = scan(deploymentId)) {
            rows.forEachRemaining(row -> keys.add(row.key));
        }
        keys.forEach(store::delete);
    }

    private KeyValueIterator<String, byte[]> scan(String deploymentId) {
        return store.prefixScan(deploymentId + SEPARATOR, new StringSerializer());
    }
}
