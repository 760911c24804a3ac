package io.scalable.provider.cloud.aws;

import java.time.Duration;
import java.time.Instant;

/**
 * Where the next task goes. Pure, told the time; not thread-safe.
 *
 * <p>A target that prefers Spot gets it; after two launches in a row for which Spot had no room it
 * gets Fargate's ordinary capacity for ten minutes, then Spot is tried again.
 */
final class SpotChoice {

    private static final int TRIES = 2;
    private static final Duration ELSEWHERE = Duration.ofMinutes(10);

    private final String ordinary;
    private final boolean spot;
    private Instant until = Instant.MIN;
    private int failures;
    private String note = "";

    SpotChoice(AwsTarget target) {
        String provider = target.capacityProvider();
        this.ordinary =
                target.fargate()
                        ? RunRequest.FARGATE
                        : provider == null ? RunRequest.EC2 : provider;
        this.spot = target.fargate() && target.spot();
    }

    /** A launch type or capacity provider. */
    String at(Instant now) {
        return spot && !now.isBefore(until) ? RunRequest.FARGATE_SPOT : ordinary;
    }

    /** Why {@code capacity} is not what the target prefers; empty if it is. */
    String note(String capacity) {
        return spot && capacity.equals(ordinary) ? note : "";
    }

    /** There was room. */
    void worked(String capacity) {
        if (capacity.equals(RunRequest.FARGATE_SPOT)) {
            failures = 0;
        }
    }

    /**
     * There was no room; what failed at one moment counts once.
     *
     * @return true if from now on it is tried elsewhere
     */
    boolean failed(String capacity, String reason, Instant now) {
        if (!capacity.equals(RunRequest.FARGATE_SPOT) || now.isBefore(until)) {
            return false;
        }
        failures++;
        if (failures < TRIES) {
            return false;
        }
        failures = 0;
        until = now.plus(ELSEWHERE);
        note = "Spot had no room (" + reason + ")";
        return true;
    }
}
