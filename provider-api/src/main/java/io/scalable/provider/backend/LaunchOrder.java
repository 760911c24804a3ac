package io.scalable.provider.backend;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;

/**
 * Everything a backend needs to start one worker.
 *
 * @param deployment the deployment
 * @param component the pool's component
 * @param workerId the worker's id, never used before
 * @param ordinal the worker's number within its pool, from 1
 * @param partition the partition of the assignments topic that the worker reads
 */
public record LaunchOrder(
        DeploymentSpec deployment,
        ComponentSpec component,
        String workerId,
        int ordinal,
        int partition) {

    /**
     * The order for one worker. Workers spread over the partitions of the assignments topic: each
     * pool begins where the largest pools before it would end.
     */
    public static LaunchOrder of(
            DeploymentSpec deployment, ComponentSpec component, String workerId, int ordinal) {
        long before = 0;
        for (ComponentSpec other : deployment.components()) {
            if (other.name().equals(component.name())) {
                break;
            }
            before += other.bounds().maximum();
        }
        int partition = (int) ((before + ordinal - 1) % deployment.assignmentPartitions());
        return new LaunchOrder(deployment, component, workerId, ordinal, partition);
    }
}
