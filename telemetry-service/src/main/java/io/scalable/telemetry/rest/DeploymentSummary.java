package io.scalable.telemetry.rest;

import io.scalable.contracts.scaling.PoolDemand.MissingNeed;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.TaskState;
import io.scalable.telemetry.domain.DeploymentHistory;
import io.scalable.telemetry.domain.SetAside;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A deployment, where its tasks are and when they will have ended.
 *
 * @param now this moment, by the clock of the service
 * @param tasks how many tasks are in which state; states without tasks are left out
 * @param firstQueuedAt when the first task began to wait for a worker; null if none has
 * @param lastFinishedAt when the last ended of those that have; null if none has
 * @param coreHours what its workers have used, cpus times hours
 * @param predictedEnd when the newest plan expects the known work to be done; null if unknown
 * @param cost what the newest plan expects the known work to cost from then on; null without a
 *     price
 * @param currency the cost's currency; null without a price
 * @param spent what its workers have cost so far; null without a price
 * @param setAside the services that do not process it, with their reasons
 * @param missing what its tasks wait for and nobody has submitted, the first ten; empty once it has
 *     ended
 * @param host who launches its workers; null where it does not say, and once it has ended
 */
public record DeploymentSummary(
        DeploymentHistory deployment,
        Instant now,
        Map<TaskState, Long> tasks,
        @Nullable Instant firstQueuedAt,
        @Nullable Instant lastFinishedAt,
        double coreHours,
        @Nullable Instant predictedEnd,
        @Nullable Double cost,
        @Nullable String currency,
        @Nullable Double spent,
        List<SetAside> setAside,
        List<MissingNeed> missing,
        @Nullable HostState host) {

    static @Nullable Instant predictedEnd(@Nullable ScalePlan plan) {
        Double seconds = plan == null ? null : plan.expectedSeconds();
        return plan == null || seconds == null
                ? null
                : plan.at().plus(Duration.ofMillis((long) (seconds * 1000)));
    }
}
