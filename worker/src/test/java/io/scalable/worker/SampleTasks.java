package io.scalable.worker;

import io.scalable.task.Task;
import io.scalable.task.TaskContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/** Handlers for tests. */
public final class SampleTasks {

    public record Scenario(String source, int year, double rate) {}

    public record Fit(String source, double error) {}

    private SampleTasks() {}

    @Task
    public static Fit fit(Scenario scenario) {
        return new Fit(scenario.source() + scenario.year(), scenario.rate() / 2);
    }

    @Task
    public static double worst(List<Fit> fits) {
        return fits.stream().mapToDouble(Fit::error).max().orElse(Double.NaN);
    }

    @Task
    public static String compare(TaskContext context, String item, Map<String, List<Fit>> fits) {
        return context.taskId() + " " + item + " " + fits.get("b").getFirst().source();
    }

    @Task
    public static String both(int item, List<Fit> fits) {
        return item + ":" + fits.size();
    }

    @Task
    public static void nothing() {}

    @Task
    public static String large(int characters) {
        return "x".repeat(characters);
    }

    @Task
    public static String echo(String text) {
        return text;
    }

    @Task
    public static int length(String text) {
        return text.length();
    }

    @Task
    public static void fails(String why) {
        throw new IllegalStateException(why, new IllegalArgumentException("the cause"));
    }

    @Task
    public static void eatsMemory() {
        throw new OutOfMemoryError("no more");
    }

    @Task
    public static String prints(String text) throws InterruptedException {
        System.out.println("out " + text);
        System.err.println("err " + text);
        var helper = new Thread(() -> System.out.println("helper " + text));
        helper.start();
        helper.join();
        return text;
    }

    @Task
    public static void sleeps(double seconds) throws InterruptedException {
        Thread.sleep((long) (seconds * 1000));
    }

    /** Ends once the file is there. */
    @Task
    public static void waitsFor(String file) {
        Awaitility.await().forever().until(() -> Files.exists(Path.of(file)));
    }

    @Task
    public static void ignoresInterrupts(double seconds) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(10_000_000);
            Thread.interrupted();
        }
    }

    @Task
    public static Object strange() {
        return new Object() {
            @SuppressWarnings("unused") // read by Jackson
            public int getValue() {
                throw new IllegalStateException("no value");
            }
        };
    }

    @Task
    public static int many(int a, int b, int c) {
        return a + b + c;
    }

    public static void unmarked() {}

    @Task
    @SuppressWarnings("unused")
    static void hidden() {}

    @Task
    public void ofAnObject() {}

    @Task
    public static void twice(int a) {}

    @Task
    public static void twice(String a) {}
}
