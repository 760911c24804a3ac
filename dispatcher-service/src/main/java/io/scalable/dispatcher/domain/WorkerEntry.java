package io.scalable.dispatcher.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One worker, from its request to its end. Entries of workers that are gone stay for some minutes,
 * so that a late record cannot bring them back.
 *
 * @param workerId its id
 * @param component its pool's component
 * @param phase how far it is
 * @param slots tasks it runs at a time
 * @param partition the partition of the assignments topic that it reads
 * @param endsAt when its allocation ends, by the dispatcher's clock; null if never
 * @param requestedAt when it was first heard of
 * @param startedAt when its backend ran it; null if unknown
 * @param readyAt when it first took leases; null before
 */
public record WorkerEntry(
        String workerId,
        String component,
        Phase phase,
        int slots,
        int partition,
        @Nullable Instant endsAt,
        Instant requestedAt,
        @Nullable Instant startedAt,
        @Nullable Instant readyAt)
        implements Row {

    /** How far a worker is. */
    public enum Phase {
        /** Requested, not ready yet. */
        STARTING,
        /** Takes leases. */
        READY,
        /** Finishes what it has, then leaves. */
        DRAINING,
        /** Silent for too long; its heartbeat brings it back. */
        LOST,
        /** Left, or its provider said that it is gone; nothing brings it back. */
        GONE
    }

    static WorkerEntry starting(String workerId, String component, Instant at) {
        return new WorkerEntry(workerId, component, Phase.STARTING, 1, 0, null, at, null, null);
    }

    WorkerEntry ready(int itsSlots, int itsPartition, @Nullable Instant itsEnd, Instant now) {
        return new WorkerEntry(
                workerId,
                component,
                Phase.READY,
                Math.max(1, itsSlots),
                itsPartition,
                itsEnd,
                requestedAt,
                startedAt,
                readyAt == null ? now : readyAt);
    }

    /** The same worker, known to read this partition; one that was never ready has not said so. */
    WorkerEntry at(int itsPartition) {
        return new WorkerEntry(
                workerId,
                component,
                phase,
                slots,
                itsPartition,
                endsAt,
                requestedAt,
                startedAt,
                readyAt);
    }

    WorkerEntry started(Instant at) {
        return new WorkerEntry(
                workerId, component, phase, slots, partition, endsAt, requestedAt, at, readyAt);
    }

    WorkerEntry endingAt(Instant end) {
        return new WorkerEntry(
                workerId, component, phase, slots, partition, end, requestedAt, startedAt, readyAt);
    }

    WorkerEntry in(Phase next) {
        return new WorkerEntry(
                workerId,
                component,
                next,
                slots,
                partition,
                endsAt,
                requestedAt,
                startedAt,
                readyAt);
    }

    /** True if it reads its assignments: it can be told something and may hold attempts. */
    boolean listening() {
        return phase == Phase.READY || phase == Phase.DRAINING;
    }

    @Override
    public String key() {
        return "w/" + workerId;
    }
}
