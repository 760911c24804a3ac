package io.scalable.planning.lookahead;

import java.util.Arrays;

/** Numbers by time, the earliest first; among equals the smaller number. A binary heap. */
final class EventQueue {

    private double[] times = new double[64];
    private int[] items = new int[64];
    private int size;

    void clear() {
        size = 0;
    }

    boolean isEmpty() {
        return size == 0;
    }

    double time() {
        return times[0];
    }

    int item() {
        return items[0];
    }

    void add(double time, int item) {
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
            items = Arrays.copyOf(items, 2 * size);
        }
        int i = size++;
        while (i > 0) {
            int parent = (i - 1) / 2;
            if (before(times[parent], items[parent], time, item)) {
                break;
            }
            times[i] = times[parent];
            items[i] = items[parent];
            i = parent;
        }
        times[i] = time;
        items[i] = item;
    }

    /** Takes the first out. */
    int remove() {
        final int first = items[0];
        size--;
        double time = times[size];
        int item = items[size];
        int i = 0;
        while (true) {
            int child = 2 * i + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size
                    && before(times[child + 1], items[child + 1], times[child], items[child])) {
                child++;
            }
            if (before(time, item, times[child], items[child])) {
                break;
            }
            times[i] = times[child];
            items[i] = items[child];
            i = child;
        }
        times[i] = time;
        items[i] = item;
        return first;
    }

    private static boolean before(double time, int item, double otherTime, int otherItem) {
        return time < otherTime || (time == otherTime && item <= otherItem);
    }
}
