package io.scalable.dispatcher.domain;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * How far each worker has read its leases. It reads them in the order in which they were given, so
 * whoever holds, begins or ends one has read all those before it: a lease that such a worker does
 * not have was not taken, while one that is younger than all it has shown may still be on its way,
 * however long a busy machine takes for that. Not kept in rows.
 */
final class LeaseOrder {

    private final Map<String, Instant> newest = new HashMap<>();

    /** The worker has the lease that was given at {@code since}. */
    void shown(String workerId, Instant since) {
        newest.merge(workerId, since, (a, b) -> a.isBefore(b) ? b : a);
    }

    /** True if the worker has shown a lease that was given after {@code since}. */
    boolean passed(String workerId, Instant since) {
        Instant shown = newest.get(workerId);
        return shown != null && since.isBefore(shown);
    }

    void forget(String workerId) {
        newest.remove(workerId);
    }
}
