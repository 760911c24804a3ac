package io.scalable.contracts.storage;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/** Finds the storage that serves a place. Thread-safe. */
@FunctionalInterface
public interface Storages {

    /**
     * The storage that serves {@code location}.
     *
     * @throws IOException if none does
     */
    Storage of(URI location) throws IOException;

    /**
     * {@code file:} storage and every other that is on the class path. They are one per process, so
     * that their clients are; nothing of them is loaded while only folders are asked for.
     */
    static Storages here() {
        return FoundStorages::of;
    }

    /** These storages, asked in order. */
    static Storages among(List<? extends Storage> storages) {
        List<Storage> all = List.copyOf(storages);
        return location ->
                all.stream()
                        .filter(storage -> storage.serves(location))
                        .findFirst()
                        .orElseThrow(() -> new IOException("no storage serves " + location));
    }
}
