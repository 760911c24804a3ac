package io.scalable.worker;

import io.scalable.contracts.Payload;
import io.scalable.contracts.worker.Assignment.LeaseGranted;
import io.scalable.contracts.worker.Assignment.LeaseParents;
import io.scalable.contracts.worker.Assignment.ParentResults;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parents' results that came ahead of their leases. Leases follow their parents at once, so
 * only the latest few are kept: what is older belongs to a lease that was never sent. For one
 * thread.
 */
final class ParentRecords {

    private static final int KEPT_ATTEMPTS = 4;

    private final LinkedHashMap<AttemptKey, List<ParentResults>> ahead = new LinkedHashMap<>();
    private final Map<AttemptKey, Integer> counts = new LinkedHashMap<>();

    /** Takes in the next results; a record that does not follow the one before begins anew. */
    void add(LeaseParents record) {
        var key = new AttemptKey(record.taskId(), record.attempt());
        int next = counts.getOrDefault(key, 0);
        if (record.number() == 0) {
            drop(key);
        } else if (record.number() != next) {
            drop(key);
            return;
        }
        ahead.computeIfAbsent(key, _ -> new ArrayList<>()).addAll(record.parents());
        counts.put(key, record.number() + 1);
        while (ahead.size() > KEPT_ATTEMPTS) {
            drop(ahead.firstEntry().getKey());
        }
    }

    /** The lease with all its parents' results; empty if some of them did not come. */
    Optional<LeaseGranted> complete(LeaseGranted lease) {
        var key = AttemptKey.of(lease);
        List<ParentResults> parts = ahead.getOrDefault(key, List.of());
        int came = counts.getOrDefault(key, 0);
        drop(key);
        if (lease.parentRecords() == 0) {
            return Optional.of(lease);
        }
        return came == lease.parentRecords()
                ? Optional.of(lease.withParents(joined(parts)))
                : Optional.empty();
    }

    private void drop(AttemptKey key) {
        ahead.remove(key);
        counts.remove(key);
    }

    private static List<ParentResults> joined(List<ParentResults> parts) {
        var byTask = new LinkedHashMap<String, List<Payload>>();
        for (ParentResults part : parts) {
            byTask.computeIfAbsent(part.task(), _ -> new ArrayList<>()).addAll(part.results());
        }
        return byTask.entrySet().stream()
                .map(task -> new ParentResults(task.getKey(), task.getValue()))
                .toList();
    }
}
