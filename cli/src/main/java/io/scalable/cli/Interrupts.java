package io.scalable.cli;

import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Ctrl-C while a run goes on: the first drains, the second stops at once. SIGTERM stops at once.
 * Closing gives the signals back to the JVM.
 */
final class Interrupts implements AutoCloseable {

    private static final Signal INT = new Signal("INT");
    private static final Signal TERM = new Signal("TERM");

    private final SignalHandler oldInt;
    private final SignalHandler oldTerm;

    private Interrupts(SignalHandler oldInt, SignalHandler oldTerm) {
        this.oldInt = oldInt;
        this.oldTerm = oldTerm;
    }

    /** Runs {@code drain} on the first Ctrl-C and {@code stop} on the next, or on SIGTERM. */
    static Interrupts install(Runnable drain, Runnable stop) {
        var count = new AtomicInteger();
        SignalHandler old =
                Signal.handle(
                        INT,
                        _ -> {
                            if (count.getAndIncrement() == 0) {
                                drain.run();
                            } else {
                                stop.run();
                            }
                        });
        return new Interrupts(old, Signal.handle(TERM, _ -> stop.run()));
    }

    @Override
    public void close() {
        Signal.handle(INT, oldInt);
        Signal.handle(TERM, oldTerm);
    }
}
