package io.scalable.cli;

import io.scalable.client.host.HostedProviders;
import io.scalable.client.host.RemoteBrokers;
import io.scalable.client.host.SharedPlaces;
import io.scalable.contracts.FileProblem;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.manifest.DeploymentRequest;
import io.scalable.manifest.ResolvedManifest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * Where a run is to go on: what the manifest's target needs of this machine, its brokers and its
 * provider.
 *
 * @param kafka what a client needs of the brokers; empty where the run brings its own
 * @param runs the folder of the runs
 * @param messages hears of warnings
 */
record RunTarget(
        ResolvedManifest resolved, Map<String, String> kafka, Path runs, Messages messages) {

    /** What its workers see of this machine. */
    SharedPlaces places() {
        return SharedPlaces.of(resolved, runs);
    }

    /** True if the run launches its workers; the standalone launches local ones by itself. */
    boolean hostsWorkers() {
        return !kafka.isEmpty() || !resolved.provider().equals("local");
    }

    /**
     * Looks whether workers can be had: better before anything is started than in the middle of it.
     *
     * @throws UserException if they cannot; says why
     */
    void check(String runId, Instant now) {
        DeploymentSpec deployment = unpublished(runId, now);
        try {
            if (kafka.isEmpty()) {
                RemoteBrokers.refuseEmbedded(deployment.target());
            }
            messages.warn(SharedPlaces.check(resolved));
            places().reach(runId);
            messages.warn(HostedProviders.check(deployment, kafka));
        } catch (IllegalArgumentException | IOException e) {
            throw new UserException(FileProblem.describe(e));
        }
    }

    /** A deployment that is looked at and never published. */
    DeploymentSpec unpublished(String runId, Instant now) {
        URI nowhere = resolved.directory().toUri();
        return resolved.deployment(new DeploymentRequest(runId, now, "check", nowhere, null, null));
    }
}
