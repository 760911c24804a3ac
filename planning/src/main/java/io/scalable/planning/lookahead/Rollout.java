package io.scalable.planning.lookahead;

import io.scalable.planning.estimate.Economics;
import io.scalable.planning.estimate.LogNormal;
import java.util.Arrays;

/**
 * Plays the remaining work out on given worker counts: first in first out per pool, on the slot
 * that is idle for the shortest time. A pool that has fewer workers than its count gets another
 * when a task would wait. One that is needed sooner than a start takes is asked for now, and comes
 * as late as starts do; later ones are asked for in time.
 *
 * <p>That is what is expected. A scenario then plays what may come of it: tasks and starts take as
 * long as they are drawn, workers are asked for when the expectation, corrected by what has
 * happened by then, says that they will be needed.
 */
final class Rollout {

    /** The scenario in which all goes as expected. */
    private static final int EXPECTED = -1;

    /** Moments nearer to one another than this are the same, seconds. */
    private static final double LEAST_STEP = 1e-6;

    private final Economics economics;
    private final LogNormal startDelay;
    private final PoolSlots[] slotsOfPools;
    private final SlotQueue[] slots;
    private final EventQueue events = new EventQueue();
    private final EventQueue needs = new EventQueue();
    private final double restart;
    private final double median;
    private final Work work;
    private final int[][] parents;

    /** When each task may begin, and begins, as expected. */
    private final double[] expectedReady;

    private final double[] expectedStart;

    /** For which tasks workers are asked for, as expected, in that order. */
    private final int[] askedFor;

    private int asks;

    /** When each task begins in the scenario; not a number before. */
    private final double[] startedAt;

    private final boolean[] served;

    private double cost;
    private double completion;
    private final double[] readyAt;
    private final int[] waitsFor;
    private double[] seconds = {};
    private int scenario = EXPECTED;

    Rollout(Economics economics, LogNormal startDelay, PoolSlots[] slotsOfPools, Work work) {
        this.work = work;
        int n = work.size();
        parents = parents(work);
        expectedReady = new double[n];
        expectedStart = new double[n];
        askedFor = new int[n];
        startedAt = new double[n];
        served = new boolean[n];
        readyAt = new double[n];
        waitsFor = new int[n];
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
     * Plays the work out as it is expected to go. The results are there until the next time.
     *
     * @param caps the most workers of each pool; workers beyond it are let go first
     */
    void play(int[] caps) {
        scenario = EXPECTED;
        seconds = work.seconds();
        asks = 0;
        begin(caps);
        while (!events.isEmpty()) {
            step();
        }
        chargeMinimum();
    }

    /** Plays out what may come of the expectation that was played last, on the same counts. */
    void play(int[] caps, int ofScenarios) {
        scenario = ofScenarios;
        seconds = work.draws()[ofScenarios];
        Arrays.fill(startedAt, Double.NaN);
        Arrays.fill(served, false);
        needs.clear();
        for (int i = 0; i < asks; i++) {
            int task = askedFor[i];
            double lead = slotsOfPools[work.pool()[task]].lead();
            needs.add(Math.max(0, expectedReady[task] - lead), task);
        }
        begin(caps);
        while (!events.isEmpty()) {
            if (!needs.isEmpty() && needs.time() < events.time()) {
                double now = needs.time();
                need(needs.remove(), now);
            } else {
                step();
            }
        }
        chargeMinimum();
        chargeUnused();
    }

    private void step() {
        double now = events.time();
        int item = events.remove();
        int task = item < 0 ? ~item : item;
        boolean over = item < 0 || work.pool()[task] == Work.NO_POOL;
        ended(task, over ? now : run(task, now));
    }

    /**
     * Asks for a worker for a task that is not ready, unless it will be ready later than thought.
     */
    private void need(int task, double now) {
        if (served[task]) {
            return;
        }
        PoolSlots poolSlots = slotsOfPools[work.pool()[task]];
        double ready = readyAt[task];
        for (int parent : parents[task]) {
            double begun = startedAt[parent];
            double begins = Double.isNaN(begun) ? Math.max(now, expectedStart[parent]) : begun;
            if (Double.isNaN(begun) || begun + seconds[parent] > now) {
                ready = Math.max(ready, begins + work.seconds()[parent]);
            }
        }
        if (ready - poolSlots.lead() > now + LEAST_STEP) {
            needs.add(ready - poolSlots.lead(), task);
            return;
        }
        served[task] = true;
        SlotQueue pool = slots[work.pool()[task]];
        if (!pool.isFull()) {
            ask(pool, poolSlots, work.pool()[task], now);
            pool.addedIsBusy();
        }
    }

    private void ask(SlotQueue pool, PoolSlots poolSlots, int p, double now) {
        double u = Scenarios.stratum(p * 1009 + pool.launches, scenario);
        pool.add(now + startDelay.quantile(u), poolSlots.slots());
        pool.launches++;
        cost += restart * poolSlots.price();
    }

    /**
     * Workers that came for nothing cost once more than their start: each is somebody's trouble.
     */
    private void chargeUnused() {
        for (int p = 0; p < slots.length; p++) {
            PoolSlots poolSlots = slotsOfPools[p];
            cost += slots[p].unused() / poolSlots.slots() * restart * poolSlots.price();
        }
    }

    private static int[][] parents(Work work) {
        int[] count = new int[work.size()];
        for (int[] children : work.children()) {
            for (int child : children) {
                count[child]++;
            }
        }
        int[][] parents = new int[work.size()][];
        Arrays.setAll(parents, i -> new int[count[i]]);
        for (int i = 0; i < parents.length; i++) {
            for (int child : work.children()[i]) {
                parents[child][--count[child]] = i;
            }
        }
        return parents;
    }

    private void ended(int task, double end) {
        if (work.pool()[task] == Work.NO_POOL) {
            (scenario == EXPECTED ? expectedStart : startedAt)[task] = end;
        }
        completion = Math.max(completion, end);
        for (int child : work.children()[task]) {
            readyAt[child] = Math.max(readyAt[child], end);
            if (--waitsFor[child] == 0) {
                events.add(readyAt[child], child);
            }
        }
    }

    private void begin(int[] caps) {
        cost = 0;
        completion = 0;
        for (int p = 0; p < slotsOfPools.length; p++) {
            double[] free = slotsOfPools[p].free();
            free = scenario == EXPECTED ? free : slotsOfPools[p].draws()[scenario];
            slots[p].begin(slotsOfPools[p].slots(), free, caps[p]);
        }
        int n = work.size();
        Arrays.fill(readyAt, 0, n, 0);
        System.arraycopy(work.waitsFor(), 0, waitsFor, 0, n);
        events.clear();
        for (int i = 0; i < n; i++) {
            if (work.running()[i]) {
                PoolSlots poolSlots = slotsOfPools[work.pool()[i]];
                cost += seconds[i] * poolSlots.price() / poolSlots.slots();
                events.add(seconds[i], ~i);
                if (scenario == EXPECTED) {
                    expectedStart[i] = 0;
                } else {
                    startedAt[i] = 0;
                }
            }
        }
        for (int i = 0; i < n; i++) {
            if (work.waitsFor()[i] == 0 && !work.running()[i]) {
                ended(i, run(i, 0));
            }
        }
    }

    /** Runs one task that is ready; returns when it ends. */
    private double run(int task, double now) {
        int p = work.pool()[task];
        SlotQueue pool = slots[p];
        PoolSlots poolSlots = slotsOfPools[p];
        double price = poolSlots.price() / poolSlots.slots();
        int slot = pool.idle(now);
        if (slot < 0) {
            boolean launched =
                    scenario == EXPECTED
                            ? launch(pool, poolSlots, now, task)
                            : react(pool, poolSlots, task, now);
            slot = launched ? pool.added() : pool.first();
        }
        double start = Math.max(now, pool.free[slot]);
        cost += gap(start - pool.free[slot]) * price;
        double end = start + seconds[task];
        cost += seconds[task] * price;
        pool.use(slot, start, end);
        if (scenario == EXPECTED) {
            expectedReady[task] = now;
            expectedStart[task] = start;
        } else {
            served[task] = true;
            startedAt[task] = start;
        }
        return end;
    }

    /** A task waits although no worker was expected to be needed for it, or one is late. */
    private boolean react(SlotQueue pool, PoolSlots poolSlots, int task, double now) {
        if (pool.isFull() || now + median >= pool.firstFree()) {
            return false;
        }
        ask(pool, poolSlots, work.pool()[task], now);
        return true;
    }

    /** Asks for another worker if that is allowed and it comes before a slot is free. */
    private boolean launch(SlotQueue pool, PoolSlots poolSlots, double now, int task) {
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
            double late = Math.max(0, median - poolSlots.lead());
            arrival = Math.max(letGo ? median : now, now + late);
        }
        if (Math.max(arrival, now) >= pool.firstFree()) {
            return false;
        }
        pool.add(arrival, poolSlots.slots());
        cost += restart * poolSlots.price();
        askedFor[asks++] = task;
        if (atOnce) {
            pool.launches++;
        } else {
            // Asked for early, to be safe: on average it comes as much too early.
            cost += Math.max(0, Math.min(now, poolSlots.lead() - median)) * poolSlots.price();
        }
        return true;
    }

    /**
     * An idle worker is paid, or let go and started again: whatever costs less where it is known
     * when it will be needed; in a scenario, where it is not, it has been kept a while first.
     */
    private double gap(double seconds) {
        if (seconds <= 0) {
            return 0;
        }
        if (scenario == EXPECTED) {
            return seconds > median ? Math.min(seconds, restart) : seconds;
        }
        double kept = Math.max(median, restart);
        return seconds > kept ? kept + restart : seconds;
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
