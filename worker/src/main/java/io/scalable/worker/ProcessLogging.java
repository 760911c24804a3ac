package io.scalable.worker;

import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** A worker process's logging: warnings and worse, one line each, on standard error. */
final class ProcessLogging {

    private static final String MANAGER = "org.jboss.logmanager.LogManager";

    // Where that is on the class path it wants to be the manager, and says so until it is.
    static {
        if (System.getProperty("java.util.logging.manager") == null && isThere(MANAGER)) {
            System.setProperty("java.util.logging.manager", MANAGER);
        }
    }

    /**
     * Warns with every try to reach a broker or topic that is gone; the worker says that itself,
     * once. Held here because the JDK forgets loggers, levels and all, that nobody holds.
     */
    private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

    private ProcessLogging() {}

    private static boolean isThere(String type) {
        try {
            Class<?> unused = Class.forName(type, false, ClassLoader.getSystemClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    static void quiet() {
        // SLF4J, which Kafka's client logs to, must not complain where it has no backend.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        var stderr = new ConsoleHandler();
        stderr.setFormatter(new OneLine());
        root.addHandler(stderr);
        root.setLevel(Level.WARNING);
        KAFKA.setLevel(Level.SEVERE);
    }

    private static final class OneLine extends Formatter {
        @Override
        public String format(LogRecord entry) {
            Throwable thrown = entry.getThrown();
            return "%s %s %s%s%n"
                    .formatted(
                            entry.getInstant(),
                            entry.getLevel(),
                            formatMessage(entry),
                            thrown == null ? "" : ": " + thrown);
        }
    }
}
