package io.scalable.provider.cloud.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Which tasks are to be stopped, and which have been asked to. Pure; not thread-safe. */
final class Stops {

    /** A stop that has not come about is asked for again. */
    private static final Duration AGAIN = Duration.ofMinutes(3);

    /** How much a worker is not wanted. */
    enum Wish {
        UNLESS_READY,
        AT_ALL_EVENTS
    }

    private final Map<String, Wish> wishes = new HashMap<>();
    private final Set<String> doubles = new HashSet<>();
    private final Map<String, Instant> asked = new HashMap<>();

    /** A worker is not wanted. The stronger wish stays. */
    void wish(String workerId, Wish wish) {
        wishes.merge(workerId, wish, (a, b) -> a.compareTo(b) > 0 ? a : b);
    }

    /**
     * Nothing is left to be stopped of a worker.
     *
     * @return true if it was not wanted
     */
    boolean drop(String workerId) {
        return wishes.remove(workerId) != null;
    }

    /** A task is one too many for its worker. */
    void tooMany(String arn) {
        if (!asked.containsKey(arn)) {
            doubles.add(arn);
        }
    }

    /** True if a task has been asked to stop. */
    boolean underWay(String arn) {
        return asked.containsKey(arn);
    }

    /** A task has ended, or could not be asked to. */
    void over(String arn) {
        asked.remove(arn);
    }

    /**
     * The ARNs of tasks to stop now.
     *
     * @param ready whether a worker is ready
     * @param arn the task of a worker; empty if it has none yet
     */
    List<String> next(Predicate<String> ready, Function<String, String> arn, Instant now) {
        var next = new ArrayList<>(doubles);
        doubles.clear();
        for (var wish : Map.copyOf(wishes).entrySet()) {
            String id = wish.getKey();
            String task = arn.apply(id);
            if (wish.getValue() == Wish.UNLESS_READY && ready.test(id)) {
                wishes.remove(id);
            } else if (!task.isEmpty() && due(task, now)) {
                next.add(task);
            }
        }
        next.forEach(task -> asked.put(task, now));
        return next;
    }

    private boolean due(String arn, Instant now) {
        Instant before = asked.get(arn);
        return before == null || now.isAfter(before.plus(AGAIN));
    }
}
