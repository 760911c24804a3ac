package io.scalable.worker;

import java.io.IOException;
import java.time.Duration;

/**
 * Ends a worker process whose parent is gone. The parent keeps the worker's standard input open as
 * long as it lives; the operating system closes it, however the parent ends. Only for parents that
 * ask for it: elsewhere standard input is closed from the start.
 */
final class ParentWatch {

    /** {@code -Dscalable.worker.ends-with-stdin=true} asks for it. */
    private static final String ASKED = "scalable.worker.ends-with-stdin";

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int PARENT_GONE = 3;

    private ParentWatch() {}

    static void startIfAsked() {
        if (Boolean.getBoolean(ASKED)) {
            Thread.ofPlatform().daemon().name("parent-watch").start(ParentWatch::watch);
        }
    }

    private static void watch() {
        awaitEnd();
        // The shutdown hook ends what runs; should that hang, the process goes all the same.
        Thread.ofPlatform().daemon().name("parent-gone").start(() -> System.exit(PARENT_GONE));
        try {
            Thread.sleep(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(PARENT_GONE);
    }

    private static void awaitEnd() {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException e) {
            System.err.println("scalable worker: standard input is broken: " + e.getMessage());
        }
    }
}
