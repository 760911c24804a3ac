package io.scalable.kafka;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Kafka tells its life at INFO; this keeps to warnings, unless somebody has set a level. Kafka logs
 * through SLF4J, which ends in java.util.logging here, in plain programs and on Quarkus alike.
 */
final class QuietLogs {

    /** Held, because java.util.logging forgets the level of a logger that nobody holds. */
    private static final List<Logger> LOGGERS =
            List.of(
                    Logger.getLogger("kafka"),
                    Logger.getLogger("org.apache.kafka"),
                    Logger.getLogger("state.change.logger"));

    private QuietLogs() {}

    static void ask() {
        for (Logger logger : LOGGERS) {
            if (logger.getLevel() == null) {
                logger.setLevel(Level.WARNING);
            }
        }
    }
}
