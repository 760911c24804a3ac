package io.scalable.worker;

/** What a process's exit status says, as the JVM reports it: 128 + n for signal n. */
final class ExitStatus {

    private static final int SIGNAL_BASE = 128;
    private static final int LAST_SIGNAL = 64;

    private static final int SIGKILL = 9;

    private ExitStatus() {}

    /** True if the process, or the last one that its shell ran, was killed. */
    static boolean killed(int status) {
        return status == SIGNAL_BASE + SIGKILL;
    }

    /** {@code exit 3} or {@code signal 9}. */
    static String describe(int status) {
        int signal = status - SIGNAL_BASE;
        return signal > 0 && signal <= LAST_SIGNAL ? "signal " + signal : "exit " + status;
    }
}
