package io.scalable.planning.lookahead;

import io.scalable.planning.Economics;
import java.util.Arrays;

/**
 * Plays the remaining work out on given worker counts: first in first out per pool, on the worker
 * that is idle for the shortest time. A pool that has fewer workers than its count gets another
 * when a task would wait. One that is needed sooner than a start takes is asked for now, and comes
 * as late as starts do; later ones are asked for in time.
 */
final class Rollout {

    private final Economics economics;
    private final LogNormal startDelay;
    private final Crew[] crews;
    private final EventQueue events = new EventQueue();
    private final double restart;

    private double cost;
    private double completion;
    private int[] launches;

    private double[] readyAt = {};
    private int[] waitsFor = {};
    private double[][] free = {};
    private double[][] from = {};
    private int[] count = {};
    private int[] kept = {};
    private double[][] firstUse = {};

    Rollout(Economics economics, LogNormal startDelay, Crew[] crews) {
        this.economics = economics;
        this.startDelay = startDelay;
        this.crews = crews;
        launches = new int[crews.length];
        restart = economics.startFeeSeconds() + economics.billedStartSeconds();
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
        return launches;
    }

    /**
     * When each worker that is there is used first, seconds from now; infinite where it never is.
     *
     * @param pool the pool
     */
    double[] firstUse(int pool) {
        return firstUse[pool];
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
            double end = item < 0 ? now : run(work, task, now);
            completion = Math.max(completion, end);
            for (int child : work.children()[task]) {
                readyAt[child] = Math.max(readyAt[child], end);
                if (--waitsFor[child] == 0) {
                    events.add(readyAt[child], child);
                }
            }
        }
        chargeMinimum();
    }

    private void begin(Work work, int[] caps) {
        int pools = crews.length;
        cost = 0;
        completion = 0;
        launches = new int[pools];
        free = new double[pools][];
        from = new double[pools][];
        count = new int[pools];
        kept = new int[pools];
        firstUse = new double[pools][];
        for (int p = 0; p < pools; p++) {
            kept[p] = Math.min(caps[p], crews[p].free().length);
            count[p] = kept[p];
            int most = Math.max(1, caps[p]);
            free[p] = Arrays.copyOf(Arrays.copyOf(crews[p].free(), kept[p]), most);
            from[p] = new double[most];
            firstUse[p] = new double[crews[p].free().length];
            Arrays.fill(firstUse[p], Double.POSITIVE_INFINITY);
        }
        if (readyAt.length < work.size()) {
            readyAt = new double[work.size()];
        }
        Arrays.fill(readyAt, 0);
        waitsFor = work.waitsFor().clone();
        events.clear();
        for (int i = 0; i < work.size(); i++) {
            if (work.running()[i]) {
                cost += work.seconds()[i] * crews[work.pool()[i]].price();
                events.add(work.seconds()[i], ~i);
            } else if (waitsFor[i] == 0) {
                events.add(0, i);
            }
        }
    }

    /** Runs one task that is ready; returns when it ends. */
    private double run(Work work, int task, double now) {
        int p = work.pool()[task];
        double[] slots = free[p];
        int worker = freeWorker(slots, count[p], now);
        if (worker < 0 || slots[worker] > now) {
            worker = anotherWorker(p, now, worker);
        }
        double start = Math.max(now, slots[worker]);
        cost += gap(p, start - slots[worker]);
        if (worker < kept[p]) {
            firstUse[p][worker] = Math.min(firstUse[p][worker], start);
        }
        slots[worker] = start + work.seconds()[task];
        cost += work.seconds()[task] * crews[p].price();
        return slots[worker];
    }

    /** The worker that became free last, else the one that will be free first; -1 for none. */
    private static int freeWorker(double[] slots, int count, double now) {
        int idle = -1;
        int first = -1;
        for (int i = 0; i < count; i++) {
            if (slots[i] <= now) {
                idle = idle < 0 || slots[i] > slots[idle] ? i : idle;
            } else {
                first = first < 0 || slots[i] < slots[first] ? i : first;
            }
        }
        return idle >= 0 ? idle : first;
    }

    private int anotherWorker(int p, double now, int waiting) {
        if (count[p] == free[p].length) {
            return waiting;
        }
        Crew crew = crews[p];
        boolean letGo = kept[p] < crew.free().length;
        boolean atOnce = now <= crew.lead() && !letGo;
        double arrival;
        if (atOnce) {
            int asked = Math.max(1, free[p].length - kept[p]);
            arrival = startDelay.quantile((launches[p] + 0.5) / asked);
        } else {
            arrival = letGo ? Math.max(now, startDelay.median()) : now;
        }
        if (waiting >= 0 && Math.max(arrival, now) >= free[p][waiting]) {
            return waiting;
        }
        int worker = count[p]++;
        free[p][worker] = arrival;
        from[p][worker] = arrival;
        cost += restart * crew.price();
        if (atOnce) {
            launches[p]++;
        } else {
            // Asked for early, to be safe: on average it comes as much too early.
            cost += Math.max(0, Math.min(now, crew.lead() - startDelay.median())) * crew.price();
        }
        return worker;
    }

    /** An idle worker is paid, or let go and started again, whatever costs less. */
    private double gap(int p, double seconds) {
        if (seconds <= 0) {
            return 0;
        }
        double paid = seconds > startDelay.median() ? Math.min(seconds, restart) : seconds;
        return paid * crews[p].price();
    }

    private void chargeMinimum() {
        if (economics.minimumSeconds() <= 0) {
            return;
        }
        for (int p = 0; p < crews.length; p++) {
            for (int i = kept[p]; i < count[p]; i++) {
                double paid = economics.billedStartSeconds() + free[p][i] - from[p][i];
                cost += Math.max(0, economics.minimumSeconds() - paid) * crews[p].price();
            }
        }
    }
}
