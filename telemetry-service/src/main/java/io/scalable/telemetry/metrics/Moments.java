package io.scalable.telemetry.metrics;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When something began, until it is asked for; of very many only the newest are kept. */
final class Moments {

    private static final int MOST = 100_000;

    private final Map<String, Instant> moments = new LinkedHashMap<>();

    void put(String id, Instant at) {
        moments.put(id, at);
        if (moments.size() > MOST) {
            var eldest = moments.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }

    @Nullable Instant take(String id) {
        return moments.remove(id);
    }
}
