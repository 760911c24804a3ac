package io.scalable.dispatcher.messaging;

import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.Payload;
import io.scalable.contracts.worker.Assignment;
import io.scalable.contracts.worker.Assignment.LeaseGranted;
import io.scalable.contracts.worker.Assignment.LeaseParents;
import io.scalable.contracts.worker.Assignment.ParentResults;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes records of bounded size of a lease: parents' results that are too many for it go ahead of
 * it, in {@link LeaseParents}.
 */
final class LeaseParts {

    /** JSON of parents' results in one record; a single result may be larger. */
    static final int PART_BYTES = 256 * 1024;

    private static final JsonCodec<Payload> CODEC = JsonCodec.of(Payload.class);

    private LeaseParts() {}

    /** The records in the order in which a worker must get them; the lease is the last. */
    static List<Assignment> of(LeaseGranted lease) {
        List<List<ParentResults>> parts = split(lease.parents());
        if (parts.size() <= 1) {
            return List.of(lease);
        }
        var records = new ArrayList<Assignment>(parts.size() + 1);
        for (int number = 0; number < parts.size(); number++) {
            records.add(
                    new LeaseParents(
                            lease.workerId(),
                            lease.taskId(),
                            lease.attempt(),
                            number,
                            parts.get(number)));
        }
        records.add(lease.afterParents(parts.size()));
        return records;
    }

    private static List<List<ParentResults>> split(List<ParentResults> parents) {
        var parts = new ArrayList<List<ParentResults>>();
        var part = new ArrayList<ParentResults>();
        int bytes = 0;
        for (ParentResults parent : parents) {
            var results = new ArrayList<Payload>();
            for (Payload result : parent.results()) {
                int size = CODEC.encode(result).length + 1;
                if (bytes > 0 && bytes + size > PART_BYTES) {
                    part.add(new ParentResults(parent.task(), results));
                    parts.add(List.copyOf(part));
                    part.clear();
                    results.clear();
                    bytes = 0;
                }
                results.add(result);
                bytes += size;
            }
            part.add(new ParentResults(parent.task(), results));
        }
        if (!part.isEmpty()) {
            parts.add(List.copyOf(part));
        }
        return parts;
    }
}
