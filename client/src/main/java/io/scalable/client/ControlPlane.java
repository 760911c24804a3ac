package io.scalable.client;

import java.util.Map;
import java.util.function.Consumer;

/** The brokers and services that a session talks to. */
interface ControlPlane extends AutoCloseable {

    /** What a Kafka client needs to reach the brokers; may hold secrets. */
    Map<String, String> kafka();

    /** Runs {@code action}, on any thread, if the control plane ends without being closed. */
    void onLoss(Consumer<String> action);

    @Override
    void close();
}
