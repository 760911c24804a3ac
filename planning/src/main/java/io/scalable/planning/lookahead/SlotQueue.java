package io.scalable.planning.lookahead;

import java.util.Arrays;

/** One pool's slots in a rollout: those with work by when they are free, the others as a stack. */
final class SlotQueue {

    /** When each slot is free; of one that is idle, since when. */
    double[] free = {};

    /** When each slot came. */
    double[] from = {};

    /** When each slot is used first; infinite where it never is. */
    double[] firstUse = {};

    /** Slots that were there at the beginning and stay. */
    int kept;

    /** All slots. */
    int count;

    /** The most workers. */
    int cap;

    /** Workers asked for at once. */
    int launches;

    private int limit;
    private final EventQueue busy = new EventQueue();
    private int[] idle = {};
    private int idleCount;
    private int added;

    void begin(int slots, double[] freeAt, int most) {
        cap = most;
        launches = 0;
        limit = Math.max(1, most) * slots;
        kept = Math.min(most * slots, freeAt.length);
        count = kept;
        int room = Math.max(freeAt.length, kept);
        if (free.length < room) {
            resize(room);
        }
        System.arraycopy(freeAt, 0, free, 0, kept);
        Arrays.fill(from, 0, kept, 0);
        Arrays.fill(firstUse, 0, room, Double.POSITIVE_INFINITY);
        busy.clear();
        idleCount = 0;
        for (int i = kept - 1; i >= 0; i--) {
            if (free[i] <= 0) {
                idle[idleCount++] = i;
            } else {
                busy.add(free[i], i);
            }
        }
    }

    private void resize(int room) {
        free = Arrays.copyOf(free, room);
        from = Arrays.copyOf(from, room);
        firstUse = Arrays.copyOf(firstUse, room);
        idle = Arrays.copyOf(idle, room);
    }

    /** Takes the slot that became free last; -1 if none is idle. */
    int idle(double now) {
        while (!busy.isEmpty() && busy.time() <= now) {
            idle[idleCount++] = busy.remove();
        }
        return idleCount == 0 ? -1 : idle[--idleCount];
    }

    /** When the first slot is free; infinite if there is none. */
    double firstFree() {
        return busy.isEmpty() ? Double.POSITIVE_INFINITY : busy.time();
    }

    /** Takes the slot that will be free first. */
    int first() {
        return busy.remove();
    }

    /** True if there may be no more workers. */
    boolean isFull() {
        return count >= limit;
    }

    /** Another worker, which comes then. */
    void add(double arrival, int slots) {
        if (count + slots > free.length) {
            resize(Math.max(2 * free.length, count + slots));
        }
        for (int i = 0; i < slots; i++) {
            int slot = count++;
            free[slot] = arrival;
            from[slot] = arrival;
            if (i > 0) {
                busy.add(arrival, slot);
            }
        }
        added = count - slots;
    }

    /** The first slot of the worker that came last. */
    int added() {
        return added;
    }

    /** Nobody waits for the worker that was added last; it is idle when it comes. */
    void addedIsBusy() {
        busy.add(free[added], added);
    }

    /** Slots that were added and never used. */
    int unused() {
        int unused = 0;
        for (int i = kept; i < count; i++) {
            unused += free[i] == from[i] ? 1 : 0;
        }
        return unused;
    }

    void use(int slot, double start, double end) {
        if (slot < kept) {
            firstUse[slot] = Math.min(firstUse[slot], start);
        }
        free[slot] = end;
        busy.add(end, slot);
    }
}
