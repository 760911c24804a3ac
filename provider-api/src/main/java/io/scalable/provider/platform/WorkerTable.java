package io.scalable.provider.platform;

import io.scalable.contracts.task.FailureClass;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.platform.Platform.Ending;
import io.scalable.provider.platform.WorkerEntry.Asking;
import io.scalable.provider.platform.WorkerEntry.Ended;
import io.scalable.provider.platform.WorkerEntry.Known;
import io.scalable.provider.platform.WorkerEntry.Ordered;
import io.scalable.provider.platform.WorkerEntry.Unsure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The workers of one deployment at a platform: what was ordered, what the platform says of it, what
 * is still to be asked. Pure, told the time; not thread-safe.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>A listing concludes nothing about what was asked for or answered after it began.
 *   <li>What a listing lacks is gone only after {@link Traits#gone()}, and never while its worker
 *       is heard.
 *   <li>Of two things that are alive for one worker one is kept, and the other is ended.
 *   <li>Nothing is asked to end twice in the same way within {@link Traits#again()}.
 * </ul>
 */
public final class WorkerTable {

    /** Launches in a row that start nothing and whose answer nobody understands. */
    private static final int MISUNDERSTOOD = 3;

    private static final String IN_LINE = "to be launched";

    private final String deploymentId;
    private final Traits traits;
    private final Map<String, WorkerEntry> workers = new LinkedHashMap<>();
    private final Endings endings;
    private boolean listedOnce;

    public WorkerTable(String deploymentId, Traits traits) {
        this.deploymentId = deploymentId;
        this.traits = traits;
        this.endings = new Endings(traits.again());
    }

    /** Every worker, by its id, oldest first. */
    Map<String, WorkerEntry> workers() {
        return Collections.unmodifiableMap(workers);
    }

    /** True once a listing was taken in: before, workers of an earlier host may be missing. */
    boolean listedOnce() {
        return listedOnce;
    }

    /** A worker is wanted; asking twice changes nothing. */
    void order(LaunchOrder order) {
        workers.putIfAbsent(order.workerId(), new Ordered(order, IN_LINE, 0));
    }

    /** A worker is not wanted any more. */
    void end(String workerId, Ending how, Instant now) {
        switch (workers.get(workerId)) {
            case null -> {}
            case Ended _ -> {}
            case Ordered _ ->
                    workers.put(workerId, Ended.of("cancelled before it was launched", now));
            case Asking _, Unsure _, Known _ -> endings.wish(workerId, how);
        }
    }

    /** The worker's end is on record. */
    void forget(String workerId) {
        workers.remove(workerId);
        boolean _ = endings.drop(workerId);
    }

    /**
     * The next workers to launch together, which are under way from now on: of one component, with
     * ordinals in a row. Those of which nobody knows come first where a launch may be repeated. A
     * worker that is heard needs no launch: the one without an answer was made.
     */
    List<LaunchOrder> nextBatch(int limit, Predicate<String> lives) {
        List<LaunchOrder> batch = List.of();
        if (traits.idempotent()) {
            batch = inARow(orders(Unsure.class, Unsure::order), limit);
        }
        if (batch.isEmpty()) {
            List<LaunchOrder> ordered = orders(Ordered.class, Ordered::order);
            batch =
                    inARow(
                            ordered.stream()
                                    .filter(order -> !lives.test(order.workerId()))
                                    .toList(),
                            limit);
        }
        for (LaunchOrder order : batch) {
            workers.compute(order.workerId(), (_, entry) -> asking(order, entry));
        }
        return batch;
    }

    private static Asking asking(LaunchOrder order, @Nullable WorkerEntry before) {
        return switch (before) {
            case Unsure unsure -> new Asking(order, unsure, unsure.misunderstood());
            case Ordered(var _, var _, var misunderstood) -> new Asking(order, null, misunderstood);
            case null, default -> new Asking(order, null, 0);
        };
    }

    private <E extends WorkerEntry> List<LaunchOrder> orders(
            Class<E> type, Function<E, LaunchOrder> order) {
        return workers.values().stream()
                .filter(type::isInstance)
                .map(entry -> order.apply(type.cast(entry)))
                .toList();
    }

    private static List<LaunchOrder> inARow(List<LaunchOrder> orders, int limit) {
        var batch = new ArrayList<LaunchOrder>();
        for (LaunchOrder order : orders) {
            if (batch.size() < limit && (batch.isEmpty() || follows(batch.getLast(), order))) {
                batch.add(order);
            }
        }
        return batch;
    }

    private static boolean follows(LaunchOrder last, LaunchOrder next) {
        return next.component().equals(last.component()) && next.ordinal() == last.ordinal() + 1;
    }

    /** What became of a launch. */
    void launched(String workerId, Launched outcome, Instant now) {
        if (!(workers.get(workerId) instanceof Asking(var order, var before, var misunderstood))) {
            if (outcome instanceof Launched.Started(var handle)) {
                endings.superfluous(handle, Ending.KILL);
            }
            return;
        }
        switch (outcome) {
            case Launched.Started(var handle) ->
                    workers.put(
                            workerId,
                            new Known(handle, new Sighting.State.Queued(null), now, null));
            case Launched.Unsure(var reason, var answered) ->
                    workers.put(workerId, new Unsure(order, now, reason, answered, misunderstood));
            case Launched.Later(var reason, var _) -> {
                if (before == null) {
                    orderAgain(order, reason, misunderstood, now);
                } else {
                    workers.put(workerId, before);
                }
            }
            case Launched.Never(var reason) -> {
                if (before == null) {
                    boolean _ = endings.drop(workerId);
                    workers.put(workerId, Ended.of(reason, now));
                } else {
                    workers.put(workerId, before);
                }
            }
        }
    }

    private void orderAgain(LaunchOrder order, String reason, int misunderstood, Instant now) {
        String id = order.workerId();
        if (endings.drop(id)) {
            workers.put(id, Ended.of("cancelled: " + reason, now));
        } else if (misunderstood >= MISUNDERSTOOD) {
            workers.put(id, Ended.of(reason, now));
        } else {
            // Behind all others: one pool that has to wait does not hold up the rest.
            workers.remove(id);
            workers.put(id, new Ordered(order, reason, misunderstood));
        }
    }

    /**
     * Takes a listing in.
     *
     * @return handles that it lacks although it should show them, to be asked for one by one;
     *     answers come by {@link #found}
     */
    Set<String> listed(Listing listing, Predicate<String> lives, Instant now) {
        Map<String, Sighting> seen = ours(listing);
        var missing = new HashSet<String>();
        for (String id : List.copyOf(workers.keySet())) {
            Sighting sighting = seen.remove(id);
            switch (workers.get(id)) {
                case null -> {}
                case Asking _ -> {}
                case Ordered _ -> adopt(id, sighting, listing);
                case Unsure unsure when sighting != null || !lives.test(id) ->
                        settle(id, unsure, sighting, listing, now);
                case Unsure _ -> {}
                case Known known when sighting != null -> see(id, known, sighting, now);
                case Known known -> {
                    if (lacks(id, known, listing) && !lives.test(id)) {
                        missing.add(known.handle());
                    }
                }
                case Ended ended -> outlives(ended, sighting, listing);
            }
        }
        // What nobody ordered here was ordered by an earlier host. What has ended was forgotten.
        seen.values().stream()
                .filter(sighting -> !sighting.ended() || !listedOnce)
                .filter(sighting -> !endings.isSuperfluous(sighting.handle()))
                .forEach(sighting -> workers.put(sighting.workerId(), entry(sighting, now)));
        listedOnce = true;
        return missing;
    }

    /** What is alive although its worker is over is ended. */
    private void outlives(Ended ended, @Nullable Sighting sighting, Listing listing) {
        if (sighting != null
                && !sighting.ended()
                && listing.began().isAfter(ended.at())
                && !endings.isSuperfluous(sighting.handle())) {
            endings.superfluous(sighting.handle(), Ending.KILL);
        }
    }

    private static WorkerEntry entry(Sighting sighting, Instant now) {
        return sighting.state() instanceof Sighting.State.Ended(var code, var message, var cause)
                ? new Ended(now, code, message, cause)
                : new Known(sighting.handle(), sighting.state(), now, null);
    }

    /** A launch that was thought not to be made was made; one that ended is an earlier one. */
    private void adopt(String id, @Nullable Sighting sighting, Listing listing) {
        if (sighting != null && !sighting.ended()) {
            workers.put(id, new Known(sighting.handle(), sighting.state(), listing.began(), null));
        }
    }

    /** Where launches cannot be repeated, a listing that began late enough tells what happened. */
    private void settle(
            String id, Unsure unsure, @Nullable Sighting sighting, Listing listing, Instant now) {
        if (sighting != null && (!sighting.ended() || !traits.idempotent())) {
            workers.put(id, entry(sighting, now));
        } else if (!traits.idempotent()
                && !listing.began().isBefore(unsure.since().plus(traits.settle()))) {
            int misunderstood = unsure.answered() ? unsure.misunderstood() + 1 : 0;
            orderAgain(unsure.order(), unsure.reason(), misunderstood, now);
        }
    }

    private void see(String id, Known known, Sighting sighting, Instant now) {
        switch (sighting.state()) {
            case Sighting.State.Ended(var code, var message, var cause) -> {
                boolean _ = endings.drop(id);
                endings.over(sighting.handle());
                workers.put(id, new Ended(now, code, message, cause));
            }
            case Sighting.State.Stuck(var reason) -> {
                boolean _ = endings.drop(id);
                endings.superfluous(sighting.handle(), Ending.ASK);
                workers.put(id, Ended.of(reason, now));
            }
            case Sighting.State.Queued _, Sighting.State.Running _, Sighting.State.Unclear _ ->
                    workers.put(
                            id,
                            new Known(sighting.handle(), sighting.state(), known.since(), null));
        }
    }

    /** True if the listing should show it. */
    private boolean lacks(String id, Known known, Listing listing) {
        if (!listing.began().isAfter(known.since().plus(traits.visibility()))) {
            return false;
        }
        if (known.missingSince() == null) {
            workers.put(
                    id, new Known(known.handle(), known.state(), known.since(), listing.began()));
        }
        return true;
    }

    /**
     * What a search for handles that a listing lacks has found.
     *
     * @param asked what was searched for
     */
    void found(Collection<String> asked, Listing answer, Predicate<String> lives, Instant now) {
        Map<String, Sighting> seen =
                answer.sightings().stream()
                        .collect(Collectors.toMap(Sighting::handle, s -> s, (one, _) -> one));
        for (var worker : Map.copyOf(workers).entrySet()) {
            if (!(worker.getValue() instanceof Known known) || !asked.contains(known.handle())) {
                continue;
            }
            Sighting sighting = seen.get(known.handle());
            if (sighting != null) {
                see(worker.getKey(), known, sighting, now);
            } else if (goneBy(known, answer.began()) && !lives.test(worker.getKey())) {
                boolean _ = endings.drop(worker.getKey());
                workers.put(worker.getKey(), gone(known, now));
            }
        }
    }

    private boolean goneBy(Known known, Instant began) {
        Instant since = known.missingSince();
        return since != null && !began.isBefore(since.plus(traits.gone()));
    }

    private static Ended gone(Known known, Instant now) {
        String last =
                switch (known.state()) {
                    case Sighting.State.Running(var place, var _) -> " (" + place + ")";
                    default -> "";
                };
        return new Ended(
                now,
                1,
                known.handle() + last + " is no longer known to the platform",
                FailureClass.NODE_FAILURE);
    }

    /**
     * This deployment's sightings by worker. Of several for one worker those that are alive come
     * first, then the known one, then the oldest; others that are alive are superfluous.
     */
    private Map<String, Sighting> ours(Listing listing) {
        var seen = new LinkedHashMap<String, Sighting>();
        var alive = new HashSet<String>();
        listing.sightings().stream()
                .filter(sighting -> sighting.deploymentId().equals(deploymentId))
                .sorted(
                        Comparator.<Sighting, Boolean>comparing(
                                        sighting -> endings.isSuperfluous(sighting.handle()))
                                .thenComparing(Sighting::ended)
                                .thenComparing(sighting -> !isKnown(sighting))
                                .thenComparing(Sighting::createdAt)
                                .thenComparing(Sighting::handle))
                .forEach(
                        sighting -> {
                            if (!sighting.ended()) {
                                alive.add(sighting.handle());
                            }
                            Sighting first = seen.putIfAbsent(sighting.workerId(), sighting);
                            if (first != null
                                    && !first.handle().equals(sighting.handle())
                                    && !sighting.ended()) {
                                endings.superfluous(sighting.handle(), Ending.KILL);
                            }
                        });
        endings.retain(alive, listing.began());
        return seen;
    }

    private boolean isKnown(Sighting sighting) {
        return workers.get(sighting.workerId()) instanceof Known known
                && known.handle().equals(sighting.handle());
    }

    /**
     * What to end now, by manner; it counts as asked.
     *
     * @param ready whether a worker takes leases
     */
    Map<Ending, List<String>> nextEnds(Predicate<String> ready, Instant now) {
        return endings.next(
                ready, id -> workers.get(id) instanceof Known known ? known.handle() : null, now);
    }

    /** Ends could not be asked for; they are tried again. */
    void notEnded(Collection<String> handles) {
        handles.forEach(endings::notAsked);
    }
}
