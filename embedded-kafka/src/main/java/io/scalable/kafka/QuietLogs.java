package io.scalable.kafka;

import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Kafka tells its life at INFO, and some of its usual steps at WARNING; this keeps to what calls
 * for action, unless somebody has set a level. Kafka logs through SLF4J, which ends in
 * java.util.logging here, in plain programs and on Quarkus alike.
 */
final class QuietLogs {

    private static final Map<String, Level> LEVELS =
            Map.of(
                    "kafka", Level.WARNING,
                    "org.apache.kafka", Level.WARNING,
                    "state.change.logger", Level.WARNING,
                    // Says at each start that it becomes active.
                    "org.apache.kafka.controller", Level.SEVERE,
                    // Says at each stop that it was closed before; callers get its real errors.
                    "org.apache.kafka.clients.NetworkClient", Level.SEVERE);

    /** Held, because java.util.logging forgets the level of a logger that nobody holds. */
    private static final List<Logger> LOGGERS =
            LEVELS.keySet().stream().map(Logger::getLogger).toList();

    private QuietLogs() {}

    static void ask() {
        for (Logger logger : LOGGERS) {
            if (logger.getLevel() == null) {
                logger.setLevel(LEVELS.get(logger.getName()));
            }
        }
    }
}
