package io.scalable.worker;

/** What a process's exit status says, as the JVM reports it: 128 + n for signal n. */
final class ExitStatus {

    private static final int SIGNAL_BASE = 128;
    private static final int LAST_SIGNAL = 64;

    private static final int SIGHUP = 1;
    private static final int SIGINT = 2;
    private static final int SIGKILL = 9;
    private static final int SIGTERM = 15;

    private ExitStatus() {}

    /** True if the process, or the last one that its shell ran, was killed. */
    static boolean killed(int status) {
        return status == SIGNAL_BASE + SIGKILL;
    }

    /**
     * True if a signal ended it that batch systems and machines send to everything that they end.
     */
    static boolean endedFromOutside(int status) {
        return switch (status - SIGNAL_BASE) {
            case SIGHUP, SIGINT, SIGKILL, SIGTERM -> true;
            default -> false;
        };
    }

    /** {@code exit 3} or {@code signal 9}. */
    static String describe(int status) {
        int signal = status - SIGNAL_BASE;
        return signal > 0 && signal <= LAST_SIGNAL ? "signal " + signal : "exit " + status;
    }
}
