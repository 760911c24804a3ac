package io.scalable.client;

import java.util.Map;
import java.util.function.Consumer;

/** A control plane that others run. */
record ConnectedControlPlane(Map<String, String> kafka) implements ControlPlane {

    ConnectedControlPlane {
        kafka = Map.copyOf(kafka);
    }

    /** Its loss shows as silence. */
    @Override
    public void onLoss(Consumer<String> action) {}

    @Override
    public void close() {}

    /** Without the secrets. */
    @Override
    public String toString() {
        return "ConnectedControlPlane[" + kafka.get("bootstrap.servers") + "]";
    }
}
