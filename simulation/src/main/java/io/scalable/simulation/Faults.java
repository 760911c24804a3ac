package io.scalable.simulation;

import java.util.EnumMap;
import java.util.Map;

/** Decides which faults happen and counts them. */
final class Faults {

    private final Schedule schedule;
    private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
    private boolean on = true;

    Faults(Schedule schedule) {
        this.schedule = schedule;
    }

    /** True once in {@code n} times while faults happen at all; it is counted then. */
    boolean happens(Fault fault, int n) {
        if (!on || !schedule.oneIn(n)) {
            return false;
        }
        count(fault);
        return true;
    }

    void count(Fault fault) {
        counts.merge(fault, 1, Integer::sum);
    }

    /** From now on nothing goes wrong. */
    void stop() {
        on = false;
    }

    boolean on() {
        return on;
    }

    Map<Fault, Integer> counts() {
        return counts;
    }
}
