package io.scalable.client.run;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code broker.json}, which is there while a run goes on: how to reach its broker.
 *
 * @param kafka Kafka client properties, {@code bootstrap.servers} at least; may hold secrets
 * @param dataDir where the broker and the services of the run's own process keep their data; null
 *     if they run elsewhere
 */
public record RunBroker(Map<String, String> kafka, @Nullable Path dataDir) {

    public RunBroker {
        kafka = Map.copyOf(kafka);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "RunBroker[" + kafka.get("bootstrap.servers") + ", " + dataDir + "]";
    }
}
