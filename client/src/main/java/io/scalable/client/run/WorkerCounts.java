package io.scalable.client.run;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The workers of one component over a whole run.
 *
 * @param started how many came up; not those whose process ran but never was ready
 * @param removed those of {@code started} that scaling removed before the run's end
 * @param failed those that never came up, or went without being asked
 * @param alive those that were alive at the end
 */
public record WorkerCounts(int started, int removed, int failed, @JsonProperty("final") int alive) {

    /** Those of both. */
    public WorkerCounts plus(WorkerCounts other) {
        return new WorkerCounts(
                started + other.started,
                removed + other.removed,
                failed + other.failed,
                alive + other.alive);
    }
}
