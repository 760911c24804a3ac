package io.scalable.kafka;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Exit;

/**
 * Kafka halts the JVM when a broker cannot go on, as on a full disk. A broker in somebody's own
 * process must not: its user is told instead, and decides.
 */
final class Halts {

    private static final List<Consumer<String>> LISTENERS = new CopyOnWriteArrayList<>();

    private Halts() {}

    /** Keeps every broker of this JVM from ending it; again is harmless. */
    static void catchAll() {
        Exit.setHaltProcedure(Halts::halted);
        Exit.setExitProcedure(Halts::halted);
    }

    static void add(Consumer<String> listener) {
        LISTENERS.add(listener);
    }

    static void remove(Consumer<String> listener) {
        LISTENERS.remove(listener);
    }

    /** Kafka does not expect this to return: the thread that halts must end. */
    private static void halted(int status, String message) {
        String why = message == null ? "it has stopped itself with status " + status : message;
        LISTENERS.forEach(listener -> listener.accept(why));
        throw new BrokerHaltedException(why);
    }

    /** Ends the thread on which Kafka wanted to halt the JVM. */
    private static final class BrokerHaltedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BrokerHaltedException(String why) {
            super("the broker has halted: " + why);
        }
    }
}
