package io.scalable.contracts.kafka;

import io.scalable.contracts.Limits;
import io.scalable.contracts.service.ServiceEvent.DeploymentReleased;
import io.scalable.contracts.service.ServiceEvent.DeploymentSetAside;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The deployments that a loop has set aside because it failed on them, so that it goes on for all
 * others. A deployment is released by its tombstone or by a newer record of it on {@code
 * scalable.deployments}. Not thread-safe.
 */
public final class Quarantine {

    private final String service;
    private final Map<String, DeploymentSetAside> held = new LinkedHashMap<>();

    /**
     * @param service who sets aside, as {@link DeploymentSetAside#service()} says it
     */
    public Quarantine(String service) {
        this.service = service;
    }

    /** True if the deployment is to be left alone. */
    public boolean holds(String deploymentId) {
        return !held.isEmpty() && held.containsKey(deploymentId);
    }

    /**
     * Sets a deployment aside.
     *
     * @return what is to be published; empty if it was set aside before
     */
    public Optional<DeploymentSetAside> setAside(String deploymentId, Throwable cause, Instant at) {
        if (held.containsKey(deploymentId)) {
            return Optional.empty();
        }
        String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        var event =
                new DeploymentSetAside(
                        deploymentId,
                        service,
                        reason.length() <= Limits.REASON_CHARS
                                ? reason
                                : reason.substring(0, Limits.REASON_CHARS),
                        at);
        held.put(deploymentId, event);
        return Optional.of(event);
    }

    /**
     * Takes a deployment back.
     *
     * @return what is to be published; empty if it was not set aside
     */
    public Optional<DeploymentReleased> release(String deploymentId, Instant at) {
        return held.remove(deploymentId) == null
                ? Optional.empty()
                : Optional.of(new DeploymentReleased(deploymentId, service, at));
    }

    /** What is set aside, by deployment; a copy. */
    public Map<String, DeploymentSetAside> all() {
        return Map.copyOf(held);
    }
}
