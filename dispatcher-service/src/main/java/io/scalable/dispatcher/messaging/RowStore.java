package io.scalable.dispatcher.messaging;

import io.scalable.contracts.InvalidRecordException;
import io.scalable.dispatcher.domain.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The rows of all deployments of a partition, as JSON under {@code <deployment>|<row>}. What
 * changes is held back until Streams commits, in the order of last writes: a row that comes and
 * goes in between, as those of a short task do, is never written. For one thread.
 */
final class RowStore {

    /** The store's name, also part of its changelog's. */
    static final String NAME = "rows";

    private static final char SEPARATOR = '|';

    private final KeyValueStore<String, byte[]> store;
    private final Map<String, Optional<EncodedRow>> changed = new LinkedHashMap<>();

    /**
     * @param store made with a {@link CommitHook}
     */
    RowStore(KeyValueStore<String, byte[]> store) {
        this.store = store;
        CommitHook.beforeCommit(store, this::flush);
    }

    /** Writes encoded rows; an empty one goes. */
    void write(String deploymentId, Map<String, Optional<EncodedRow>> rows) {
        rows.forEach(
                (name, row) -> {
                    String key = deploymentId + SEPARATOR + name;
                    changed.remove(key);
                    changed.put(key, row);
                });
    }

    /** Writes what was held back. */
    private void flush() {
        changed.forEach(
                (key, row) -> {
                    if (row.isPresent()) {
                        store.put(key, row.get().json());
                    } else if (store.get(key) != null) {
                        store.delete(key);
                    }
                });
        changed.clear();
    }

    /** The deployments that have rows. */
    Set<String> deployments() {
        flush();
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
        flush();
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
        flush();
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
