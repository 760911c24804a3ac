package io.scalable.worker;

import java.lang.System.Logger.Level;
import java.util.List;
import sun.misc.Signal;

/**
 * The signals by which a platform ends a worker process: the first lets it retire, a further one
 * cuts short what runs. The JVM does not die of them; the worker leaves by itself, and the process
 * ends with status 0. A signal that whoever started the process made it ignore stays ignored.
 */
final class TerminationSignals {

    private static final List<String> NAMES = List.of("TERM", "INT", "HUP");
    private static final int SIGNAL_BASE = 128;

    private static volatile boolean received;

    private TerminationSignals() {}

    /** True once the platform has asked this process to end. */
    static boolean received() {
        return received;
    }

    /** From now on they retire {@code worker}; once it has left, they end the process. */
    static void retire(Worker worker) {
        for (String name : NAMES) {
            try {
                Signal.handle(new Signal(name), signal -> received(signal, worker));
            } catch (IllegalArgumentException e) {
                System.getLogger(TerminationSignals.class.getName())
                        .log(Level.DEBUG, "SIG" + name + " cannot be handled here", e);
            }
        }
    }

    private static void received(Signal signal, Worker worker) {
        received = true;
        if (worker.state() == WorkerState.LEFT) {
            System.exit(SIGNAL_BASE + signal.getNumber());
        }
        worker.retire();
    }
}
