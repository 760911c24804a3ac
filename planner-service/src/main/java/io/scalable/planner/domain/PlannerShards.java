package io.scalable.planner.domain;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The partitions that this instance owns. A shard goes live once its records have been read up to
 * where the topics ended when the partition was assigned.
 */
public final class PlannerShards {

    private record Owned(PlannerShard shard, Map<String, Long> unread) {}

    private final Map<Integer, Owned> shards = new HashMap<>();

    /**
     * The partition is ours from now on; what was known of it is dropped, for it is read again.
     *
     * @param unread topics that hold records, with the offset that must be passed; not the empty
     *     ones
     */
    public void assigned(int partition, Map<String, Long> unread, Instant now) {
        var owned = new Owned(new PlannerShard(), new HashMap<>(unread));
        shards.put(partition, owned);
        if (unread.isEmpty()) {
            List<PlannerOutput> nothing = owned.shard().goLive(now);
            if (!nothing.isEmpty()) {
                throw new IllegalStateException("a new shard has decided " + nothing);
            }
        }
    }

    /** The partition is another's. */
    public void revoked(int partition) {
        shards.remove(partition);
    }

    /** Takes in a record; one of a partition that is not ours is ignored. */
    public List<PlannerOutput> accept(int partition, PlannerInput input, Instant now) {
        Owned owned = shards.get(partition);
        return owned == null ? List.of() : owned.shard().accept(input, now);
    }

    /** The record at {@code offset} has been read, whether it could be used or not. */
    public List<PlannerOutput> passed(String topic, int partition, long offset, Instant now) {
        Owned owned = shards.get(partition);
        if (owned == null || !reached(owned.unread().get(topic), offset)) {
            return List.of();
        }
        owned.unread().remove(topic);
        return owned.unread().isEmpty() ? owned.shard().goLive(now) : List.of();
    }

    private static boolean reached(@Nullable Long end, long offset) {
        return end != null && offset + 1 >= end;
    }
}
