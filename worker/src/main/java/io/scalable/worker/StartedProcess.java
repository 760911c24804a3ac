package io.scalable.worker;

/** A command's process, however it was started. */
interface StartedProcess {

    long pid();

    /** Waits for its exit status; 128 + n for signal n. */
    int waitFor() throws InterruptedException;

    /** A process that Java started. */
    static StartedProcess of(Process process) {
        return new StartedProcess() {
            @Override
            public long pid() {
                return process.pid();
            }

            @Override
            public int waitFor() throws InterruptedException {
                return process.waitFor();
            }
        };
    }
}
