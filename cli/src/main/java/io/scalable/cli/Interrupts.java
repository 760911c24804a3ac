package io.scalable.cli;

import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Ctrl-C while a run goes on: the first drains, the second stops at once. SIGTERM stops at once,
 * and so does SIGHUP, which comes when the terminal is closed; where the process was started to
 * ignore it (nohup) the run goes on. Closing gives the signals back to the JVM.
 */
final class Interrupts implements AutoCloseable {

    private static final Signal INT = new Signal("INT");
    private static final Signal TERM = new Signal("TERM");

    private static final Signal HUP = new Signal("HUP");

    private final SignalHandler oldInt;
    private final SignalHandler oldTerm;
    private final SignalHandler oldHup;

    private Interrupts(SignalHandler oldInt, SignalHandler oldTerm, SignalHandler oldHup) {
        this.oldInt = oldInt;
        this.oldTerm = oldTerm;
        this.oldHup = oldHup;
    }

    /** Runs {@code drain} on the first Ctrl-C and {@code stop} on the next, SIGTERM or SIGHUP. */
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
        return new Interrupts(
                old, Signal.handle(TERM, _ -> stop.run()), Signal.handle(HUP, _ -> stop.run()));
    }

    /** The program that drives us decides when we end, not the terminal that both share. */
    static void leaveToParent() {
        Signal.handle(INT, SignalHandler.SIG_IGN);
        Signal.handle(HUP, SignalHandler.SIG_IGN);
    }

    @Override
    public void close() {
        Signal.handle(INT, oldInt);
        Signal.handle(TERM, oldTerm);
        Signal.handle(HUP, oldHup);
    }
}
