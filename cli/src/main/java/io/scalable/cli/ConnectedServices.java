package io.scalable.cli;

import java.util.Map;

/**
 * Services that run elsewhere.
 *
 * @param kafka what a Kafka client needs to reach their broker; may hold secrets
 */
record ConnectedServices(Map<String, String> kafka) implements Services {

    @Override
    public void close() {}

    /** Without the secrets. */
    @Override
    public String toString() {
        return "ConnectedServices[" + kafka.get("bootstrap.servers") + "]";
    }
}
