package io.scalable.contracts.worker;

import io.scalable.contracts.deployment.Pricing;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerFailed;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerPending;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRemoved;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRequested;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerStarted;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Folds what a provider says of one deployment's workers into what each is paid for, so that the
 * planner's bound, the report and the history all tell the same sum. Events may be repeated; the
 * first word on a start and on an end counts. Not thread-safe.
 *
 * <p>A worker is paid for from its start until its end, and for the time from its request until its
 * start, {@link Pricing#startSeconds} at most: clouds bill the pulling of an image, not the waiting
 * for a place. One that started, or still may, is paid for {@link Pricing#minimumSeconds} at least.
 *
 * <p>Whoever follows a deployment for months calls {@link #settle}: what is kept is then bounded by
 * the workers that are there.
 */
public final class WorkerBills {

    /**
     * One worker's times.
     *
     * @param requestedAt when it was first heard of
     * @param startedAt null if it is not known to have run
     * @param endedAt null while it is not known to be gone
     */
    public record Bill(
            String component,
            Instant requestedAt,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt) {

        /** Seconds from its start until its end, or {@code now}; 0 if it never ran. */
        public double ranSeconds(Instant now) {
            return startedAt == null ? 0 : seconds(startedAt, endedAt == null ? now : endedAt);
        }

        /** What it costs until its end, or {@code now}. */
        public double cost(Pricing pricing, Instant now) {
            Instant until = endedAt == null ? now : endedAt;
            double waited = seconds(requestedAt, startedAt == null ? until : startedAt);
            double paid = Math.min(waited, pricing.startSeconds()) + ranSeconds(now);
            return startedAt == null && endedAt != null
                    ? pricing.perHour(component) / 3600 * paid
                    : pricing.cost(component, paid);
        }

        private static double seconds(Instant from, Instant to) {
            return Math.max(0, Duration.between(from, to).toMillis() / 1000.0);
        }
    }

    /** Settled workers whose repeated events are known as such; events come again soon or never. */
    private static final int SETTLED_KNOWN = 20_000;

    private final Map<String, Bill> bills = new LinkedHashMap<>();
    private final Set<String> settled = new LinkedHashSet<>();
    private double settledCost;

    public void add(WorkerLifecycle event) {
        if (settled.contains(event.workerId())) {
            return;
        }
        Bill bill =
                bills.getOrDefault(
                        event.workerId(), new Bill(event.component(), event.at(), null, null));
        Instant started = bill.startedAt();
        Instant ended = bill.endedAt();
        switch (event) {
            case WorkerRequested _, WorkerPending _ -> {}
            case WorkerStarted _ ->
                    started = started == null && ended == null ? event.at() : started;
            case WorkerRemoved _, WorkerFailed _ -> ended = ended == null ? event.at() : ended;
        }
        bills.put(event.workerId(), new Bill(bill.component(), bill.requestedAt(), started, ended));
    }

    /**
     * Adds what the workers that are gone have cost to a sum, and forgets their times.
     *
     * @param pricing the prices in force; null where they were free
     */
    public void settle(@Nullable Pricing pricing) {
        for (var left = bills.entrySet().iterator(); left.hasNext(); ) {
            Map.Entry<String, Bill> worker = left.next();
            Instant ended = worker.getValue().endedAt();
            if (ended != null) {
                settledCost += pricing == null ? 0 : worker.getValue().cost(pricing, ended);
                settled.add(worker.getKey());
                left.remove();
            }
        }
        for (var oldest = settled.iterator(); settled.size() > SETTLED_KNOWN; ) {
            oldest.next();
            oldest.remove();
        }
    }

    /** What all workers have cost until {@code now}. */
    public double cost(Pricing pricing, Instant now) {
        return settledCost
                + bills.values().stream().mapToDouble(bill -> bill.cost(pricing, now)).sum();
    }

    /** All workers ever heard of but the settled ones, in that order. */
    public Collection<Bill> all() {
        return Collections.unmodifiableCollection(bills.values());
    }
}
