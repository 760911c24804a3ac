package io.scalable.provider.cloud;

import io.scalable.provider.platform.ReportedWorkers;
import java.time.InstantSource;
import java.util.Map;

/**
 * What a cloud provider gets from the process that hosts it.
 *
 * @param kafka Kafka client properties for the workers; may hold secrets
 * @param reported what workers said of themselves
 * @param clock the time
 * @param changed to be called, by any thread, when there is news, so that the host looks at once
 */
public record CloudSettings(
        Map<String, String> kafka,
        ReportedWorkers reported,
        InstantSource clock,
        Runnable changed) {

    public CloudSettings {
        kafka = Map.copyOf(kafka);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "CloudSettings[" + kafka.get("bootstrap.servers") + "]";
    }
}
