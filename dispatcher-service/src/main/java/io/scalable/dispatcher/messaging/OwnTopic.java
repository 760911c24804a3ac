package io.scalable.dispatcher.messaging;

import io.scalable.contracts.Backoff;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is known of one of the deployments' own topics, and what waits for it: {@code unknown ->
 * there} or {@code missing}, and back to unknown when a record is not taken. Pure; times are
 * nanoseconds of a clock that only goes on.
 *
 * @param <R> a record with all that belongs to it
 * @param <O> who is told that results must be sent again
 */
final class OwnTopic<R, O> {

    /** So much of one topic is under way at a time; the rest waits here. */
    static final long MOST_UNDER_WAY_BYTES = 8L * 1024 * 1024;

    /** How long assignments wait for a topic that is missing: it may have been made just now. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Backoff LOOKS = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(5));

    /** A record that waits. */
    record Waiting<R>(R record, int bytes, boolean result, long since) {}

    private final Deque<Waiting<R>> waiting = new ArrayDeque<>();
    private final Set<O> owed = new HashSet<>();
    private long underWay;
    private int partitions;
    private int looks;
    private long lookAt;
    private boolean looking;

    /** A record to send when it can be. */
    void add(R record, int bytes, boolean result, long now) {
        waiting.add(new Waiting<>(record, bytes, result, now));
    }

    /** True if the topic should be looked for now; the answer is {@link #found} or missing. */
    boolean wantsLook(long now) {
        if (partitions > 0 || looking || now < lookAt || waiting.isEmpty() && owed.isEmpty()) {
            return false;
        }
        looking = true;
        return true;
    }

    /** The topic is there. */
    void found(int count) {
        looking = false;
        looks = 0;
        partitions = count;
    }

    /**
     * It is not there, or nobody knows.
     *
     * @param random from 0 to below 1
     * @return the results that do not wait here any longer
     */
    List<R> missing(long now, double random) {
        looking = false;
        looks++;
        lookAt = now + LOOKS.delay(looks, random).toNanos();
        var results = new ArrayList<R>();
        waiting.removeIf(
                w -> {
                    if (now - w.since() < PATIENCE.toNanos()) {
                        return false;
                    }
                    if (w.result()) {
                        results.add(w.record());
                    }
                    return true;
                });
        return results;
    }

    /** The records that may go now, in their order. */
    List<Waiting<R>> ready() {
        var ready = new ArrayList<Waiting<R>>();
        while (partitions > 0
                && !waiting.isEmpty()
                && (underWay == 0
                        || underWay + waiting.element().bytes() <= MOST_UNDER_WAY_BYTES)) {
            Waiting<R> next = waiting.remove();
            underWay += next.bytes();
            ready.add(next);
        }
        return ready;
    }

    /** Kafka has answered for a record. */
    void answered(int bytes, boolean taken) {
        underWay -= bytes;
        if (!taken) {
            partitions = 0;
        }
    }

    /** Results must be sent again once the topic is there, which the owner is told then. */
    void owe(O owner) {
        owed.add(owner);
    }

    /** Who is to send results again now; each is named once. */
    Set<O> due() {
        if (partitions == 0) {
            return Set.of();
        }
        Set<O> due = Set.copyOf(owed);
        owed.clear();
        return due;
    }

    /** Its deployment has ended: results are not wanted any more, and the topic may be gone. */
    void ended() {
        owed.clear();
        waiting.removeIf(Waiting::result);
        partitions = 0;
    }

    /** How many partitions it has; 0 while that is not known. */
    int partitions() {
        return partitions;
    }

    /** True if nothing is left to do for it. */
    boolean idle() {
        return waiting.isEmpty() && owed.isEmpty() && underWay == 0 && !looking;
    }
}
