package io.scalable.cli;

import io.scalable.task.Task;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Tasks of a user's program. */
public final class SdkTasks {

    /** An argument. */
    public record Reading(String station, double value) {}

    private SdkTasks() {}

    @Task
    public static Reading doubled(Reading reading) {
        return new Reading(reading.station(), 2 * reading.value());
    }

    /** The gathered stations, to show their order. */
    @Task
    public static String joined(String separator, List<Reading> readings) {
        return String.join(separator, readings.stream().map(Reading::station).toList());
    }

    @Task
    public static int square(int number) {
        return number * number;
    }

    /** The process that runs it. */
    @Task
    public static long process(int ignored) {
        return ProcessHandle.current().pid();
    }

    @Task
    public static int broken(String message) {
        throw new IllegalArgumentException(message);
    }

    /** Ends by an interrupt only. */
    @Task
    public static int endless(int ignored) throws InterruptedException {
        new CountDownLatch(1).await();
        return ignored;
    }
}
