package io.scalable.dispatcher.messaging;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * A store that says when Streams is about to commit: what its user holds back is written then, or
 * never. Streams asks stores with a cache for that, so this is one to it; its interfaces are
 * internal and to be looked at with every new release of Kafka.
 */
final class CommitHook implements KeyValueStore<String, byte[]>, CachedStateStore<String, byte[]> {

    private final KeyValueStore<String, byte[]> store;
    private Runnable beforeCommit = () -> {};

    private CommitHook(KeyValueStore<String, byte[]> store) {
        this.store = store;
    }

    /** Makes stores that have a hook. */
    static StoreBuilder<KeyValueStore<String, byte[]>> on(
            StoreBuilder<KeyValueStore<String, byte[]>> stores) {
        return new Builder(stores);
    }

    /** Has {@code action} called before each commit, with the store that a processor was given. */
    static void beforeCommit(KeyValueStore<String, byte[]> given, Runnable action) {
        StateStore store = given;
        while (store instanceof WrappedStateStore<?, ?, ?> wrapped) {
            store = wrapped.wrapped();
        }
        if (store instanceof CommitHook hook) {
            hook.beforeCommit = action;
        } else {
            throw new IllegalArgumentException(given.name() + " was made without a hook");
        }
    }

    @Override
    public void flushCache() {
        beforeCommit.run();
    }

    @Override
    public void clearCache() {
        // What is held back is its user's.
    }

    @Override
    public boolean setFlushListener(
            CacheFlushListener<String, byte[]> listener, boolean sendOldValues) {
        return false;
    }

    @Override
    public void put(String key, byte @Nullable [] value) {
        store.put(key, value);
    }

    @Override
    public byte @Nullable [] putIfAbsent(String key, byte[] value) {
        return store.putIfAbsent(key, value);
    }

    @Override
    public void putAll(List<KeyValue<String, byte[]>> entries) {
        store.putAll(entries);
    }

    @Override
    public byte @Nullable [] delete(String key) {
        return store.delete(key);
    }

    @Override
    public byte @Nullable [] get(String key) {
        return store.get(key);
    }

    @Override
    public KeyValueIterator<String, byte[]> range(String from, String to) {
        return store.range(from, to);
    }

    @Override
    public KeyValueIterator<String, byte[]> all() {
        return store.all();
    }

    @Override
    public <S extends Serializer<P>, P> KeyValueIterator<String, byte[]> prefixScan(
            P prefix, S serializer) {
        return store.prefixScan(prefix, serializer);
    }

    @Override
    public long approximateNumEntries() {
        return store.approximateNumEntries();
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        store.init(context, root);
    }

    @Override
    public void flush() {
        store.flush();
    }

    @Override
    public void close() {
        store.close();
    }

    @Override
    public boolean persistent() {
        return store.persistent();
    }

    @Override
    public boolean isOpen() {
        return store.isOpen();
    }

    private record Builder(StoreBuilder<KeyValueStore<String, byte[]>> stores)
            implements StoreBuilder<KeyValueStore<String, byte[]>> {

        private Builder {
            Objects.requireNonNull(stores, "stores");
        }

        @Override
        public StoreBuilder<KeyValueStore<String, byte[]>> withCachingEnabled() {
            throw new UnsupportedOperationException("its user holds back what changes often");
        }

        @Override
        public StoreBuilder<KeyValueStore<String, byte[]>> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<KeyValueStore<String, byte[]>> withLoggingEnabled(
                Map<String, String> config) {
            return new Builder(stores.withLoggingEnabled(config));
        }

        @Override
        public StoreBuilder<KeyValueStore<String, byte[]>> withLoggingDisabled() {
            return new Builder(stores.withLoggingDisabled());
        }

        @Override
        public KeyValueStore<String, byte[]> build() {
            return new CommitHook(stores.build());
        }

        @Override
        public Map<String, String> logConfig() {
            return stores.logConfig();
        }

        @Override
        public boolean loggingEnabled() {
            return stores.loggingEnabled();
        }

        @Override
        public String name() {
            return stores.name();
        }
    }
}
