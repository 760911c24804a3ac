package io.scalable.cli;

/** The exit statuses of all commands. */
final class ExitStatus {

    /** All is well. */
    static final int OK = 0;

    /**
     * Something failed or was refused: a task, a check, a file that cannot be written, brokers that
     * do not answer, a thing that is not there.
     */
    static final int FAILED = 1;

    /**
     * The command line is wrong: an unknown option, a value that cannot be, a file that is not
     * there or cannot be read.
     */
    static final int USAGE = 2;

    private ExitStatus() {}

    /** {@link #OK} if all is well. */
    static int of(boolean well) {
        return well ? OK : FAILED;
    }
}
