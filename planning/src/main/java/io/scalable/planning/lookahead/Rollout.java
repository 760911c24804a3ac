package io.scalable.planning.lookahead;

import io.scalable.planning.estimate.Economics;
import io.scalable.planning.estimate.LogNormal;
import java.util.Arrays;

/**
 * Plays the remaining work out on given worker counts: first in first out per pool, on the slot
 * that is idle for the shortest time. A pool that has fewer workers than its count gets another
 * when a task would wait. One that is needed sooner than a start takes is asked for now, and comes
 * as late as starts do; later ones are asked for in time.
 */
final class Rollout {

    private final Economics economics;
    private final LogNormal startDelay;
    private final PoolSlots[] slotsOfPools;
    private final SlotQueue[] slots;
    private final EventQueue events = new EventQueue();
    private final double restart;
    private final double median;

    private double cost;
    private double completion;
    private double[] readyAt = {};
    private int[] waitsFor = {};

    Rollout(Economics economics, LogNormal startDelay, PoolSlots[] slotsOfPools) {
        this.economics = economics;
        this.startDelay = startDelay;
        this.slotsOfPools = slotsOfPools;
        slots = new SlotQueue[slotsOfPools.length];
        Arrays.setAll(slots, p -> new SlotQueue());
        restart = economics.startFeeSeconds() + economics.billedStartSeconds();
        median = startDelay.median();
    }

    /** Worker-seconds times price from now to the end. */
    double cost() {
        return cost;
    }

    /** Seconds from now until the last task ends. */
    double completion() {
        return completion;
    }

    /** How many workers of each pool were asked for at once. */
    int[] launches() {
        return Arrays.stream(slots).mapToInt(s -> s.launches).toArray();
    }

    /**
     * When each slot that is there is used first, seconds from now; infinite where it never is.
     *
     * @param pool the pool
     */
    double[] firstUse(int pool) {
        return Arrays.copyOf(slots[pool].firstUse, slotsOfPools[pool].free().length);
    }

    /**
     * Plays {@code work} out. The results are there until the next time.
     *
     * @param caps the most workers of each pool; workers beyond it are let go first
     */
    void play(Work work, int[] caps) {
        begin(work, caps);
        while (!events.isEmpty()) {
            double now = events.time();
            int item = events.remove();
            int task = item < 0 ? ~item : item;
            boolean over = item < 0 || work.pool()[task] == Work.NO_POOL;
            ended(work, task, over ? now : run(work, task, now));
        }
        chargeMinimum();
    }

    private void ended(Work work, int task, double end) {
        completion = Math.max(completion, end);
        for (int child : work.children()[task]) {
            readyAt[child] = Math.max(readyAt[child], end);
            if (--waitsFor[child] == 0) {
                events.add(readyAt[child], child);
            }
        }
    }

    private void begin(Work work, int[] caps) {
        cost = 0;
        completion = 0;
        for (int p = 0; p < slotsOfPools.length; p++) {
            slots[p].begin(slotsOfPools[p], caps[p]);
        }
        int n = work.size();
        if (readyAt.length < n) {
            readyAt = new double[n];
            waitsFor = new int[n];
        }
        Arrays.fill(readyAt, 0, n, 0);
        System.arraycopy(work.waitsFor(), 0, waitsFor, 0, n);
        events.clear();
        for (int i = 0; i < n; i++) {
            if (work.running()[i]) {
                PoolSlots poolSlots = slotsOfPools[work.pool()[i]];
                cost += work.seconds()[i] * poolSlots.price() / poolSlots.slots();
                events.add(work.seconds()[i], ~i);
            }
        }
        for (int i = 0; i < n; i++) {
            if (work.waitsFor()[i] == 0 && !work.running()[i]) {
                ended(work, i, run(work, i, 0));
            }
        }
    }

    /** Runs one task that is ready; returns when it ends. */
    private double run(Work work, int task, double now) {
        int p = work.pool()[task];
        SlotQueue pool = slots[p];
        PoolSlots poolSlots = slotsOfPools[p];
        double price = poolSlots.price() / poolSlots.slots();
        int slot = pool.idle(now);
        if (slot < 0) {
            slot = launch(pool, poolSlots, now) ? pool.added() : pool.first();
        }
        double start = Math.max(now, pool.free[slot]);
        cost += gap(start - pool.free[slot]) * price;
        double end = start + work.seconds()[task];
        cost += work.seconds()[task] * price;
        pool.use(slot, start, end);
        return end;
    }

    /** Asks for another worker if that is allowed and it comes before a slot is free. */
    private boolean launch(SlotQueue pool, PoolSlots poolSlots, double now) {
        if (pool.isFull()) {
            return false;
        }
        boolean letGo = pool.kept < poolSlots.free().length;
        boolean atOnce = now <= poolSlots.lead() && !letGo;
        double arrival;
        if (atOnce) {
            int asked = Math.max(1, pool.cap - pool.kept / poolSlots.slots());
            arrival = startDelay.quantile((pool.launches + 0.5) / asked);
        } else {
            arrival = letGo ? Math.max(now, median) : now;
        }
        if (Math.max(arrival, now) >= pool.firstFree()) {
            return false;
        }
        pool.add(arrival, poolSlots.slots());
        cost += restart * poolSlots.price();
        if (atOnce) {
            pool.launches++;
        } else {
            // Asked for early, to be safe: on average it comes as much too early.
            cost += Math.max(0, Math.min(now, poolSlots.lead() - median)) * poolSlots.price();
        }
        return true;
    }

    /** An idle worker is paid, or let go and started again, whatever costs less. */
    private double gap(double seconds) {
        if (seconds <= 0) {
            return 0;
        }
        return seconds > median ? Math.min(seconds, restart) : seconds;
    }

    private void chargeMinimum() {
        if (economics.minimumSeconds() <= 0) {
            return;
        }
        for (int p = 0; p < slotsOfPools.length; p++) {
            SlotQueue pool = slots[p];
            double price = slotsOfPools[p].price() / slotsOfPools[p].slots();
            for (int i = pool.kept; i < pool.count; i++) {
                double paid = economics.billedStartSeconds() + pool.free[i] - pool.from[i];
                cost += Math.max(0, economics.minimumSeconds() - paid) * price;
            }
        }
    }
}
