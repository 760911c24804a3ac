package io.scalable.planning.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;

/** What is to happen in virtual time; of two things at one moment the one noted first is first. */
final class EventQueue {

    private record Event(double at, long order, Runnable what) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(
                    Comparator.comparingDouble(Event::at).thenComparingLong(Event::order));
    private double now;
    private long noted;

    /** Seconds since the start. */
    double now() {
        return now;
    }

    void at(double time, Runnable what) {
        events.add(new Event(time, noted++, what));
    }

    /** When the next event is; infinite if there is none. */
    double next() {
        Event next = events.peek();
        return next == null ? Double.POSITIVE_INFINITY : next.at;
    }

    /** Moves on to the next event and lets it happen. */
    void step() {
        Event next = events.remove();
        now = next.at;
        next.what.run();
    }
}
