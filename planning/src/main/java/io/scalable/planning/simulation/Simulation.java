package io.scalable.planning.simulation;

import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.contracts.scaling.PoolObservation.IdleWorker;
import io.scalable.contracts.scaling.PoolObservation.StartingWorker;
import io.scalable.planning.Economics;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Replays a trace against a scaler and a provider in virtual time. One worker runs one task at a
 * time, first in first out per pool; the worker that is idle for the shortest time comes first.
 */
public final class Simulation {

    private static final Instant EPOCH = Instant.EPOCH;
    private static final double FLAP_SECONDS = 300;

    private enum State {
        STARTING,
        IDLE,
        BUSY,
        GONE
    }

    private static final class Worker {
        final String id;
        final Pool pool;
        final double requested;
        final double ready;
        final double billedFrom;
        State state = State.STARTING;
        @Nullable Job job;
        double since;
        boolean ran;

        Worker(String id, Pool pool, double requested, double delay, double billed) {
            this.id = id;
            this.pool = pool;
            this.requested = requested;
            this.ready = requested + delay;
            this.billedFrom = ready - billed;
            this.since = requested;
        }
    }

    private static final class Job {
        final TraceTask task;
        final List<Job> children = new ArrayList<>();
        int waitsFor;
        double readyAt;
        double startedAt = -1;
        double endedAt = -1;

        Job(TraceTask task) {
            this.task = task;
            waitsFor = task.parents().size();
        }
    }

    private static final class Pool {
        final String name;
        final double price;
        final Random random;
        final Deque<Job> ready = new ArrayDeque<>();
        final Deque<Worker> idle = new ArrayDeque<>();
        final Map<String, Worker> workers = new LinkedHashMap<>();
        final List<Double> completed = new ArrayList<>();
        final List<Double> startedAfter = new ArrayList<>();
        int blocked;
        double lastDown = Double.NEGATIVE_INFINITY;

        Pool(String name, double price, long seed) {
            this.name = name;
            this.price = price;
            random = new Random(seed);
        }
    }

    private record Event(double at, long order, Runnable what) {}

    private final Trace trace;
    private final ProviderModel provider;
    private final Economics economics;
    private final Scaler scaler;
    private final double interval;
    private final Map<String, Pool> pools = new LinkedHashMap<>();
    private final List<Job> jobs = new ArrayList<>();
    private final List<String> started = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(
                    Comparator.comparingDouble(Event::at).thenComparingLong(Event::order));
    private double now;
    private long order;
    private int remaining;
    private double cost;
    private int actions;
    private int flaps;
    private int wasted;
    private int starts;

    /**
     * @param interval seconds between two decisions
     */
    public Simulation(
            Trace trace, ProviderModel provider, Scaler scaler, double interval, long seed) {
        this.trace = trace;
        this.provider = provider;
        this.economics = provider.economics();
        this.scaler = scaler;
        this.interval = interval;
        trace.prices()
                .forEach(
                        (pool, price) -> {
                            long own = (trace.name() + "/" + pool + "/" + seed).hashCode();
                            pools.put(pool, new Pool(pool, price, own * 0x9E3779B97F4A7C15L));
                        });
        for (TraceTask task : trace.tasks()) {
            var job = new Job(task);
            jobs.add(job);
            task.parents().forEach(p -> jobs.get(p).children.add(job));
        }
        remaining = jobs.size();
    }

    /** Runs it to the end, or until it takes twenty times as long as it should at worst. */
    public Outcome run() {
        double work = 0;
        double last = 0;
        for (Job job : jobs) {
            work += job.task.runtime() * pool(job).price;
            last = Math.max(last, job.task.submit());
            if (job.waitsFor > 0) {
                pool(job).blocked++;
            } else {
                at(job.task.submit(), () -> ready(job));
            }
        }
        double limit = 20 * (work + 4000.0 * pools.size()) + last;
        at(0, this::tick);
        while (remaining > 0 && now <= limit) {
            Event next = events.remove();
            now = next.at;
            next.what.run();
        }
        for (Pool pool : pools.values()) {
            List.copyOf(pool.workers.values()).forEach(this::retire);
        }
        return outcome();
    }

    private Outcome outcome() {
        double[] waits =
                jobs.stream()
                        .mapToDouble(j -> (j.startedAt < 0 ? now : j.startedAt) - j.readyAt)
                        .sorted()
                        .toArray();
        double response =
                jobs.stream()
                        .mapToDouble(j -> (j.endedAt < 0 ? now : j.endedAt) - j.task.submit())
                        .average()
                        .orElse(0);
        return new Outcome(
                remaining == 0,
                now,
                response,
                cost,
                waits.length == 0 ? 0 : waits[waits.length / 2],
                waits.length == 0 ? 0 : waits[(int) (waits.length * 0.99)],
                actions,
                flaps,
                wasted,
                starts);
    }

    private Pool pool(Job job) {
        return Objects.requireNonNull(pools.get(job.task.pool()));
    }

    private void at(double time, Runnable what) {
        events.add(new Event(time, order++, what));
    }

    private void ready(Job job) {
        job.readyAt = now;
        Pool pool = pool(job);
        pool.ready.add(job);
        dispatch(pool);
    }

    private void dispatch(Pool pool) {
        while (!pool.ready.isEmpty() && !pool.idle.isEmpty()) {
            Worker worker = pool.idle.removeLast();
            Job job = pool.ready.removeFirst();
            worker.state = State.BUSY;
            worker.job = job;
            worker.since = now;
            worker.ran = true;
            if (job.startedAt < 0) {
                job.startedAt = now;
                started.add(String.valueOf(job.task.id()));
            }
            at(now + job.task.runtime(), () -> done(worker, job));
        }
    }

    private void done(Worker worker, Job job) {
        if (worker.state != State.BUSY || worker.job != job) {
            return;
        }
        job.endedAt = now;
        remaining--;
        done.add(String.valueOf(job.task.id()));
        worker.pool.completed.add(job.task.runtime());
        worker.job = null;
        for (Job child : job.children) {
            if (--child.waitsFor == 0) {
                pool(child).blocked--;
                ready(child);
            }
        }
        idle(worker);
    }

    private void launch(Pool pool) {
        double delay = provider.start().sample(pool.random);
        var worker = new Worker("w" + starts, pool, now, delay, provider.billedOf(delay));
        starts++;
        cost += economics.startFeeSeconds() * pool.price;
        pool.workers.put(worker.id, worker);
        at(worker.ready, () -> up(worker));
    }

    private void up(Worker worker) {
        if (worker.state != State.STARTING) {
            return;
        }
        worker.pool.startedAfter.add(worker.ready - worker.requested);
        if (economics.walltimeSeconds() < Double.POSITIVE_INFINITY) {
            at(now + economics.walltimeSeconds(), () -> expire(worker));
        }
        idle(worker);
    }

    private void idle(Worker worker) {
        worker.state = State.IDLE;
        worker.since = now;
        worker.pool.idle.addLast(worker);
        dispatch(worker.pool);
    }

    private void expire(Worker worker) {
        if (worker.state == State.GONE) {
            return;
        }
        Job job = worker.job;
        retire(worker);
        if (job != null) {
            worker.pool.ready.addFirst(job);
            dispatch(worker.pool);
        }
    }

    private void retire(Worker worker) {
        if (worker.state == State.IDLE) {
            worker.pool.idle.remove(worker);
        }
        if (!worker.ran) {
            wasted++;
        }
        worker.state = State.GONE;
        cost += economics.bill(now - worker.billedFrom) * worker.pool.price;
        worker.pool.workers.remove(worker.id);
    }

    private void tick() {
        boolean changed = false;
        for (Map.Entry<String, Integer> wanted : scaler.decide(observe()).entrySet()) {
            Pool pool = pools.get(wanted.getKey());
            if (pool != null) {
                changed |= apply(pool, wanted.getValue());
            }
        }
        actions += changed ? 1 : 0;
        double next = now + interval;
        boolean nothing =
                pools.values().stream().allMatch(p -> p.workers.isEmpty() && p.ready.isEmpty());
        if (nothing && !events.isEmpty()) {
            // Nothing to decide until something arrives.
            double until = Objects.requireNonNull(events.peek()).at - now;
            next = Math.max(next, now + Math.ceil(until / interval) * interval);
        }
        at(next, this::tick);
    }

    private boolean apply(Pool pool, int desired) {
        int count = pool.workers.size();
        if (desired > count) {
            int more = Math.min(desired, provider.maximum()) - count;
            for (int i = 0; i < more; i++) {
                launch(pool);
            }
            if (more > 0 && now - pool.lastDown < FLAP_SECONDS) {
                flaps++;
            }
            return more > 0;
        }
        var going = new ArrayList<Worker>();
        pool.workers.values().stream()
                .filter(w -> w.state == State.STARTING)
                .sorted(Comparator.comparingDouble((Worker w) -> w.requested).reversed())
                .forEach(going::add);
        going.addAll(pool.idle);
        List<Worker> leave = going.subList(0, Math.min(going.size(), count - desired));
        leave.forEach(this::retire);
        if (!leave.isEmpty()) {
            pool.lastDown = now;
        }
        return !leave.isEmpty();
    }

    private PoolDemand observe() {
        var seen = new ArrayList<PoolObservation>();
        for (Pool pool : pools.values()) {
            var running = new ArrayList<Double>();
            var idle = new ArrayList<IdleWorker>();
            var starting = new ArrayList<StartingWorker>();
            for (Worker w : pool.workers.values()) {
                switch (w.state) {
                    case BUSY -> running.add(now - w.since);
                    case IDLE -> idle.add(new IdleWorker(w.id, now - w.since, now - w.billedFrom));
                    case STARTING -> starting.add(new StartingWorker(w.id, now - w.requested));
                    case GONE -> {}
                }
            }
            seen.add(
                    new PoolObservation(
                            pool.name,
                            pool.ready.size(),
                            pool.blocked,
                            pool.workers.size(),
                            0,
                            running,
                            idle,
                            starting,
                            pool.completed,
                            pool.startedAfter,
                            List.of()));
            pool.completed.clear();
            pool.startedAfter.clear();
        }
        var demand =
                new PoolDemand(
                        trace.name(),
                        EPOCH.plusMillis(Math.round(now * 1000)),
                        "observe",
                        now,
                        seen,
                        started,
                        done);
        started.clear();
        done.clear();
        return demand;
    }
}
