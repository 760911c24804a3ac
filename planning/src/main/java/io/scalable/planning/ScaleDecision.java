package io.scalable.planning;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What {@link AdaptiveScaler} advises.
 *
 * @param workersToAdd by tag; only tags that should grow
 * @param workersToRemove by tag; only tags that should shrink
 * @param wantedWorkers by tag, of those tags: how many workers each should have then. To follow the
 *     advice twice changes nothing
 * @param reasoning why, for people; one clause for every tag
 * @param confidence from 0 to 1: how much evidence the durations rest on
 * @param predictedCompletionTime seconds until the pending tasks are done, if the advice is taken;
 *     infinite if a tag has tasks and no workers
 * @param timestamp when it was decided
 */
public record ScaleDecision(
        Map<String, Integer> workersToAdd,
        Map<String, Integer> workersToRemove,
        Map<String, Integer> wantedWorkers,
        String reasoning,
        double confidence,
        double predictedCompletionTime,
        Instant timestamp) {

    public ScaleDecision {
        workersToAdd = Collections.unmodifiableMap(new LinkedHashMap<>(workersToAdd));
        workersToRemove = Collections.unmodifiableMap(new LinkedHashMap<>(workersToRemove));
        wantedWorkers = Collections.unmodifiableMap(new LinkedHashMap<>(wantedWorkers));
    }

    /** True if any tag should grow or shrink. */
    public boolean hasChanges() {
        return !workersToAdd.isEmpty() || !workersToRemove.isEmpty();
    }
}
