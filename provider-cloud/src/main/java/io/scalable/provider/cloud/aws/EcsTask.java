package io.scalable.provider.cloud.aws;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A worker's task as ECS describes it.
 *
 * @param arn its name
 * @param deploymentId whose, by its tags
 * @param component the pool's component, by its tags
 * @param workerId which worker, by its tags
 * @param family of its task definition; its log is named by it
 * @param status {@code PROVISIONING} ... {@code RUNNING} ... {@code STOPPED}
 * @param capacity {@code FARGATE}, {@code FARGATE_SPOT}, {@code EC2} or a capacity provider
 * @param createdAt when it was asked for
 * @param startedAt when it ran; null if it never did
 * @param stop why it ends, as far as that is told; null while it does not
 */
record EcsTask(
        String arn,
        String deploymentId,
        String component,
        String workerId,
        String family,
        String status,
        String capacity,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Stop stop) {

    /**
     * What ECS tells of an end.
     *
     * @param code {@code SpotInterruption}, {@code EssentialContainerExited}...; empty if untold
     * @param reason in ECS's words; empty if untold
     * @param exitCode the worker's exit status; null if it never ran, or nobody knows
     * @param container what the container's own entry says; empty if nothing
     * @param image the worker's image, for people
     */
    record Stop(
            String code,
            String reason,
            @Nullable Integer exitCode,
            String container,
            String image) {}

    /** The last part of the name. */
    String id() {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    /** True once the worker's container is gone for good and why is told. */
    boolean ended() {
        return status.equals("STOPPED")
                || status.equals("DELETED")
                || (status.equals("DEPROVISIONING")
                        && stop != null
                        && stop.exitCode() != null
                        && !stop.code().isEmpty());
    }

    /** True from the moment that its containers run until they are gone. */
    boolean running() {
        return switch (status) {
            case "RUNNING", "DEACTIVATING", "STOPPING" -> true;
            case "DEPROVISIONING" -> startedAt != null;
            default -> false;
        };
    }

    String describe() {
        return "task " + id() + (capacity.isEmpty() ? "" : " on " + capacity);
    }
}
