package io.scalable.planner.domain;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The partitions that this instance owns. */
public final class PlannerShards {

    private final Map<Integer, PlannerShard> shards = new HashMap<>();

    /** The partition is ours from now on; what was known of it is dropped: it is read again. */
    public void assigned(int partition) {
        shards.put(partition, new PlannerShard());
    }

    /** The partition is another's. */
    public void revoked(int partition) {
        shards.remove(partition);
    }

    /** True if it decides in all partitions that it owns. */
    public boolean live() {
        return shards.values().stream().allMatch(PlannerShard::live);
    }

    /** Takes in a record; one of a partition that is not ours is ignored. */
    public List<PlannerOutput> accept(int partition, PlannerInput input, Instant now) {
        PlannerShard shard = shards.get(partition);
        return shard == null ? List.of() : shard.accept(input, now);
    }

    /** What was published before has been read: decide from now on. */
    public List<PlannerOutput> goLive(int partition, Instant now) {
        PlannerShard shard = shards.get(partition);
        return shard == null || shard.live() ? List.of() : shard.goLive(now);
    }

    /** A deployment whose plans cannot be written is planned no more. */
    public List<PlannerOutput> setAside(
            int partition, String deploymentId, Throwable cause, Instant now) {
        PlannerShard shard = shards.get(partition);
        return shard == null ? List.of() : shard.setAside(deploymentId, cause, now);
    }
}
