package io.scalable.planning.simulation;

import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.planning.simulation.Job.Gate;
import io.scalable.planning.simulation.SimulatedWorker.Attempt;
import io.scalable.planning.simulation.SimulatedWorker.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Replays a trace against a scaler and a provider in virtual time. First in first out per pool; the
 * worker that is idle for the shortest time comes first. The same arguments give the same run. Used
 * once, by one thread.
 */
public final class Simulation {

    private final Trace trace;
    private final ProviderModel provider;
    private final Scaler scaler;
    private final double interval;
    private final EventQueue events = new EventQueue();
    private final Ledger ledger;
    private final Map<String, SimulatedPool> pools = new LinkedHashMap<>();
    private final List<Job> jobs = new ArrayList<>();
    private final List<String> started = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private final SampleLog samples = new SampleLog();
    private final List<Change> changes = new ArrayList<>();
    private int remaining;

    /**
     * @param interval seconds between two decisions
     */
    public Simulation(
            Trace trace, ProviderModel provider, Scaler scaler, double interval, long seed) {
        this.trace = trace;
        this.provider = provider;
        this.scaler = scaler;
        this.interval = interval;
        ledger = new Ledger(provider.economics());
        trace.pools()
                .forEach(
                        (pool, shape) -> {
                            long own = (trace.name() + "/" + pool + "/" + seed).hashCode();
                            pools.put(
                                    pool,
                                    new SimulatedPool(pool, shape, own * 0x9E3779B97F4A7C15L));
                        });
        var gates = new IdentityHashMap<List<Integer>, Gate>();
        for (TraceTask task : trace.tasks()) {
            submit(task, gates);
        }
        remaining = jobs.size();
    }

    private void submit(TraceTask task, Map<List<Integer>, Gate> gates) {
        SimulatedPool pool = pool(task.pool());
        var job = new Job(task, pool.group(task.group()));
        jobs.add(job);
        List<Integer> parents = task.parents();
        if (parents.isEmpty()) {
            events.at(task.submit(), () -> ready(job));
            return;
        }
        pool.block(job);
        Gate gate = gates.get(parents);
        if (gate == null) {
            gate = new Gate(parents.size());
            gates.put(parents, gate);
            for (int parent : parents) {
                jobs.get(parent).opens.add(gate);
            }
        }
        gate.waiting.add(job);
    }

    /** Runs it to the end, or until it takes twenty times as long as it should at worst. */
    public Outcome run() {
        double limit = trace.patience();
        events.at(0, this::tick);
        while (remaining > 0 && events.now() <= limit) {
            events.step();
            pools.values().forEach(p -> samples.add(p.sample(events.now())));
        }
        for (SimulatedPool pool : pools.values()) {
            List.copyOf(pool.workers.values()).forEach(this::retire);
        }
        return ledger.outcome(jobs, remaining == 0, events.now());
    }

    /** How the pools went, in order of time; a sample only where something changed. */
    public List<Sample> samples() {
        return samples.all();
    }

    /** What the scaler's decisions changed, in order of time. */
    public List<Change> changes() {
        return List.copyOf(changes);
    }

    private SimulatedPool pool(String name) {
        return Objects.requireNonNull(pools.get(name), () -> "no pool " + name);
    }

    private void ready(Job job) {
        job.readyAt = events.now();
        SimulatedPool pool = pool(job.task.pool());
        pool.queue(job);
        dispatch(pool);
    }

    private void dispatch(SimulatedPool pool) {
        while (!pool.ready.isEmpty() && !pool.free.isEmpty()) {
            SimulatedWorker worker = pool.free.getLast();
            Attempt attempt = pool.begin(worker, events.now());
            Job job = attempt.job();
            if (!job.hasStarted()) {
                job.startedAt = events.now();
                started.add(job.task.name());
            }
            events.at(events.now() + job.task.runtime(), () -> done(worker, attempt));
        }
    }

    private void done(SimulatedWorker worker, Attempt attempt) {
        SimulatedPool pool = worker.pool;
        if (worker.state == State.GONE) {
            return;
        }
        pool.end(worker, attempt);
        remaining--;
        Job job = attempt.job();
        job.endedAt = events.now();
        done.add(job.task.name());
        job.opens.forEach(this::parentEnded);
        if (worker.draining) {
            if (worker.running.isEmpty()) {
                retire(worker);
            }
        } else {
            slotFree(worker);
        }
    }

    private void parentEnded(Gate gate) {
        gate.missing--;
        if (gate.missing > 0) {
            return;
        }
        for (Job job : gate.waiting) {
            pool(job.task.pool()).unblock(job);
            double wait = job.task.submit() - events.now();
            if (wait > 0) {
                events.at(job.task.submit(), () -> ready(job));
            } else {
                ready(job);
            }
        }
    }

    private void launch(SimulatedPool pool) {
        double delay = provider.start().sample(pool.random);
        double billed = provider.billedOf(delay);
        String id = "w" + ledger.starts();
        var worker = new SimulatedWorker(id, pool, events.now(), delay, billed);
        ledger.started(pool);
        pool.workers.put(id, worker);
        events.at(worker.ready, () -> up(worker));
    }

    private void up(SimulatedWorker worker) {
        if (worker.state == State.GONE) {
            return;
        }
        worker.state = State.UP;
        worker.pool.startedAfter.add(worker.ready - worker.requested);
        double walltime = provider.economics().walltimeSeconds();
        if (walltime < Double.POSITIVE_INFINITY) {
            events.at(events.now() + walltime, () -> expire(worker));
        }
        slotFree(worker);
    }

    private void slotFree(SimulatedWorker worker) {
        if (worker.running.isEmpty()) {
            worker.idleSince = events.now();
        }
        worker.pool.free.remove(worker);
        worker.pool.free.addLast(worker);
        dispatch(worker.pool);
    }

    /** The worker's time is up. */
    private void expire(SimulatedWorker worker) {
        if (worker.state == State.GONE) {
            return;
        }
        SimulatedPool pool = worker.pool;
        pool.requeue(worker);
        retire(worker);
        dispatch(pool);
    }

    private void retire(SimulatedWorker worker) {
        SimulatedPool pool = worker.pool;
        pool.free.remove(worker);
        pool.workers.remove(worker.id);
        worker.state = State.GONE;
        ledger.left(worker, events.now());
    }

    private void tick() {
        boolean changed = false;
        Map<String, Integer> wanted = scaler.decide(observe());
        // Those that shrink go first: their places may be needed under the common maximum.
        for (boolean shrink : new boolean[] {true, false}) {
            for (SimulatedPool pool : pools.values()) {
                Integer desired = wanted.get(pool.name);
                if (desired != null) {
                    changed |= shrink ? shrink(pool, desired) : grow(pool, desired);
                }
            }
        }
        if (changed) {
            ledger.acted();
        }
        double now = events.now();
        double next = now + interval;
        double event = events.next();
        if (pools.values().stream().allMatch(SimulatedPool::empty) && Double.isFinite(event)) {
            // Nothing to decide until something arrives.
            next = Math.max(next, now + Math.ceil((event - now) / interval) * interval);
        }
        events.at(next, this::tick);
    }

    private boolean grow(SimulatedPool pool, int desired) {
        int most = Math.min(provider.maximum(), pool.shape.maximum()) - pool.workers.size();
        Integer cap = trace.maxWorkers();
        if (cap != null) {
            int all = pools.values().stream().mapToInt(p -> p.workers.size()).sum();
            most = Math.min(most, cap - all);
        }
        int before = pool.alive();
        int more = Math.min(desired - before, most);
        for (int i = 0; i < more; i++) {
            launch(pool);
        }
        if (more > 0) {
            ledger.grew(pool, events.now());
            changes.add(new Change(events.now(), pool.name, before, before + more));
        }
        return more > 0;
    }

    private boolean shrink(SimulatedPool pool, int desired) {
        int before = pool.alive();
        int surplus = before - desired;
        if (surplus <= 0) {
            return false;
        }
        List<SimulatedWorker> leave = pool.leavers(surplus, scaler.drainsBusy());
        for (SimulatedWorker worker : leave) {
            if (worker.running.isEmpty()) {
                retire(worker);
            } else {
                worker.draining = true;
                pool.free.remove(worker);
            }
        }
        if (!leave.isEmpty()) {
            pool.lastDown = events.now();
            changes.add(new Change(events.now(), pool.name, before, before - leave.size()));
        }
        return !leave.isEmpty();
    }

    private PoolDemand observe() {
        double now = events.now();
        var demand =
                new PoolDemand(
                        trace.name(),
                        Instant.EPOCH.plusMillis(Math.round(now * 1000)),
                        "observe",
                        now,
                        pools.values().stream().map(p -> p.observe(now)).toList(),
                        started,
                        done);
        started.clear();
        done.clear();
        return demand;
    }
}
