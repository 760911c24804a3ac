package io.scalable.client;

import io.scalable.client.host.ListenAddress;
import io.scalable.client.host.RemoteBrokers;
import io.scalable.contracts.deployment.TargetSpec;
import io.scalable.manifest.ResolvedManifest;
import java.nio.file.Path;

/** Chooses a session's control plane. */
final class ControlPlanes {

    private ControlPlanes() {}

    /**
     * Connects to the brokers of the options, else to those of the target, else starts one.
     *
     * @param log for the log of one that is started
     */
    static ControlPlane of(
            SessionOptions options, ResolvedManifest manifest, TargetSpec target, Path log) {
        if (!options.kafka().isEmpty()) {
            return new ConnectedControlPlane(options.kafka());
        }
        if (!manifest.kafka().isEmpty()) {
            return new ConnectedControlPlane(manifest.kafka());
        }
        RemoteBrokers.refuseEmbedded(target);
        return ChildControlPlane.start(
                ControlPlaneCommand.of(ScalableJar.find(), ListenAddress.of(target)), log);
    }
}
