package io.scalable.telemetry.domain;

import io.scalable.contracts.deployment.DeploymentSpec;
import java.util.List;

/**
 * What a worker of a pool is, and how many there may be.
 *
 * @param cpus of one worker
 * @param memoryBytes of one worker, bytes
 * @param slots of one worker
 * @param minimum the least workers
 * @param maximum the most workers
 */
public record ComponentHistory(
        String deploymentId,
        String component,
        double cpus,
        long memoryBytes,
        int slots,
        int minimum,
        int maximum) {

    /** The components of a deployment. */
    public static List<ComponentHistory> of(DeploymentSpec spec) {
        return spec.components().stream()
                .map(
                        c ->
                                new ComponentHistory(
                                        spec.deploymentId(),
                                        c.name(),
                                        c.cpus(),
                                        c.memoryBytes(),
                                        c.slots(),
                                        c.bounds().minimum(),
                                        c.bounds().maximum()))
                .toList();
    }
}
