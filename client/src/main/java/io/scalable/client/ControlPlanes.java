package io.scalable.client;

import io.scalable.client.host.ListenAddress;
import io.scalable.contracts.deployment.TargetSpec;
import java.nio.file.Path;
import java.util.Map;

/** Chooses a session's control plane. */
final class ControlPlanes {

    private ControlPlanes() {}

    /**
     * Connects to the brokers of the options, else to those of the target, else starts one.
     *
     * @param log for the log of one that is started
     */
    static ControlPlane of(SessionOptions options, TargetSpec target, Path log) {
        if (!options.kafka().isEmpty()) {
            return new ConnectedControlPlane(options.kafka());
        }
        String bootstrap = target.text("bootstrap", "");
        if (!bootstrap.isEmpty()) {
            return new ConnectedControlPlane(Map.of("bootstrap.servers", bootstrap));
        }
        return ChildControlPlane.start(
                ControlPlaneCommand.of(ScalableJar.find(), ListenAddress.of(target)), log);
    }
}
