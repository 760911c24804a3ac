package io.scalable.provider.platform;

import io.scalable.provider.platform.Platform.Ending;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is to be ended, and when it was asked to: once, and again only after a while or by a
 * stronger means. Pure; not thread-safe.
 */
final class Endings {

    private record Asked(Ending how, Instant at) {}

    private final Duration again;
    private final Map<String, Ending> wishes = new HashMap<>();
    private final Map<String, Ending> superfluous = new HashMap<>();
    private final Map<String, Asked> asked = new HashMap<>();

    /**
     * @param again what has not ended by then is asked again
     */
    Endings(Duration again) {
        this.again = again;
    }

    /** A worker is not wanted. The stronger wish stays. */
    void wish(String workerId, Ending how) {
        wishes.merge(workerId, how, Endings::stronger);
    }

    /** The wish about a worker is met, or void; true if there was one. */
    boolean drop(String workerId) {
        return wishes.remove(workerId) != null;
    }

    /** Something belongs to no worker, or is one too many for its worker. */
    void superfluous(String handle, Ending how) {
        superfluous.merge(handle, how, Endings::stronger);
    }

    /** True if the handle is to be ended whatever its worker does. */
    boolean isSuperfluous(String handle) {
        return superfluous.containsKey(handle);
    }

    /** Something has ended. A listing from a cache may show it alive a little longer. */
    void over(String handle) {
        superfluous.remove(handle);
    }

    /**
     * A listing shows these alive. What it lacks and was asked to end before needs no more asking;
     * that it was asked is kept, because a later listing may show it all the same.
     */
    void retain(Set<String> listed, Instant began) {
        superfluous
                .keySet()
                .removeIf(handle -> !listed.contains(handle) && askedBefore(handle, began));
        asked.entrySet()
                .removeIf(
                        entry ->
                                !listed.contains(entry.getKey())
                                        && entry.getValue().at().plus(again).isBefore(began));
    }

    private boolean askedBefore(String handle, Instant began) {
        Asked before = asked.get(handle);
        return before != null && before.at().isBefore(began);
    }

    /** An end could not be asked for. */
    void notAsked(String handle) {
        asked.remove(handle);
    }

    /**
     * What to end now; it counts as asked.
     *
     * @param ready whether a worker takes leases
     * @param handleOf what runs for a worker; null for nothing
     */
    Map<Ending, List<String>> next(
            Predicate<String> ready, Function<String, @Nullable String> handleOf, Instant now) {
        var next = new EnumMap<Ending, List<String>>(Ending.class);
        superfluous.forEach((handle, how) -> askIfDue(handle, how, now, next));
        for (var wish : Map.copyOf(wishes).entrySet()) {
            String handle = handleOf.apply(wish.getKey());
            if (wish.getValue() == Ending.UNLESS_READY && ready.test(wish.getKey())) {
                wishes.remove(wish.getKey());
            } else if (handle != null) {
                askIfDue(handle, wish.getValue(), now, next);
            }
        }
        return next;
    }

    private void askIfDue(String handle, Ending how, Instant now, Map<Ending, List<String>> next) {
        Asked before = asked.get(handle);
        if (before == null
                || before.how().compareTo(how) < 0
                || !now.isBefore(before.at().plus(again))) {
            asked.put(handle, new Asked(how, now));
            next.computeIfAbsent(how, _ -> new ArrayList<>()).add(handle);
        }
    }

    private static Ending stronger(Ending one, Ending other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
