package io.scalable.telemetry.domain;

import java.util.ArrayList;
import java.util.List;

/**
 * Stores what can be stored of a batch. One that fails is halved, and again, until the items that
 * are at fault stand alone; all others are stored, in order.
 */
public final class Batches {

    /**
     * An item that cannot be stored.
     *
     * @param reason why, for people
     */
    public record Culprit<T>(T item, String reason) {}

    /** Stores items, all or none. */
    @FunctionalInterface
    public interface Store<T> {

        /**
         * @throws RefusedItems if one of the items is at fault
         */
        void store(List<T> items) throws RefusedItems;
    }

    /** One of the items at least is at fault; the message says why. */
    public static final class RefusedItems extends Exception {

        private static final long serialVersionUID = 1L;

        public RefusedItems(String reason, Throwable cause) {
            super(reason, cause);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    private Batches() {}

    /**
     * Stores all items but the culprits.
     *
     * @return those that cannot be stored, in order; any other failure of the store goes through,
     *     and what was stored until then may be stored again
     */
    public static <T> List<Culprit<T>> store(List<T> items, Store<T> store) {
        var culprits = new ArrayList<Culprit<T>>();
        store(items, store, culprits);
        return culprits;
    }

    private static <T> void store(List<T> items, Store<T> store, List<Culprit<T>> culprits) {
        try {
            store.store(items);
        } catch (RefusedItems e) {
            if (items.size() == 1) {
                culprits.add(new Culprit<>(items.getFirst(), e.reason()));
            } else {
                int half = items.size() / 2;
                store(items.subList(0, half), store, culprits);
                store(items.subList(half, items.size()), store, culprits);
            }
        }
    }
}
