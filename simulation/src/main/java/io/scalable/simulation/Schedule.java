package io.scalable.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.Random;

/** Virtual time, what is to happen when, and the dice. The same seed gives the same history. */
final class Schedule {

    static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private record Entry(long at, long order, Runnable what) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final PriorityQueue<Entry> queue = new PriorityQueue<>();
    private final Random random;
    private long millis;
    private long order;

    Schedule(long seed) {
        random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
    }

    /** Milliseconds since the start. */
    long millis() {
        return millis;
    }

    Instant now() {
        return START.plusMillis(millis);
    }

    static long millis(Instant at) {
        return Duration.between(START, at).toMillis();
    }

    /** Has something happen so many milliseconds from now. */
    void after(long delay, Runnable what) {
        queue.add(new Entry(millis + Math.max(0, delay), order++, what));
    }

    /** Lets time pass until {@code end}, milliseconds since the start. */
    void runUntil(long end) {
        for (Entry next = queue.peek(); next != null && next.at <= end; next = queue.peek()) {
            Entry due = queue.remove();
            millis = Math.max(millis, due.at);
            due.what.run();
        }
        millis = Math.max(millis, end);
    }

    /** Moves the clock without letting anything happen: what is due happens late. */
    void leap(long by) {
        millis += by;
    }

    /** A number from {@code least} to {@code most}, both included. */
    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    /** How long somebody waits between two looks: longer once nothing goes wrong any more. */
    int pause(boolean calm, int least, int most) {
        return calm ? between(2 * most, 4 * most) : between(least, most);
    }

    /** True once in {@code n} times. */
    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }
}
