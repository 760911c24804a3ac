package io.scalable.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Need;
import io.scalable.contracts.deployment.TaskGroup;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.scaling.ScaleRequested;
import io.scalable.contracts.worker.WorkerBills;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.contracts.worker.WorkerLifecycle.RemovalCause;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRemoved;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRequested;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerStarted;
import io.scalable.testkit.ADeployment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * A tiny world in virtual time around a {@link DeploymentPlanner}: a provider that starts workers
 * after a delay, a dispatcher that leases first in first out and drains idle workers first, tasks
 * that take time. Every plan is checked for what must always hold.
 */
final class World {

    /**
     * Demand is sent this often at least; more rarely in worlds that last long, to save time, but
     * not where there is a budget: it is held only as closely as it is looked at.
     */
    private static final double TICK = 5;

    private static final double LONG = 900;
    private static final double LONG_TICK = 60;

    final DeploymentSpec spec;
    final List<PoolDemand> lines = new ArrayList<>();
    final List<ScalePlan> plans;
    private final PlanLog log;
    final List<SimTask> tasks = new ArrayList<>();
    final List<SimWorker> workers = new ArrayList<>();
    private final DeploymentPlanner planner;
    private final double startDelay;
    private Set<String> failing = Set.of();
    final WorkerBills bills = new WorkerBills();
    private final Map<String, List<Double>> completed = new HashMap<>();
    private final Map<String, List<Double>> started = new HashMap<>();
    private double now;
    int launched;
    int mostWorkers;

    World(DeploymentSpec spec, double startDelay, ToDoubleFunction<String> secondsOfTask) {
        this.spec = spec;
        log = new PlanLog(spec);
        plans = log.plans();
        this.startDelay = startDelay;
        planner = new DeploymentPlanner(spec);
        var groups = new LinkedHashMap<String, List<SimTask>>();
        for (TaskGroup group : spec.tasks()) {
            if (group.runnable()) {
                groups.put(group.name(), submit(group, groups, secondsOfTask));
            }
        }
        planner.begin(at()).ifPresent(this::check);
    }

    World failingStarts(String... pools) {
        failing = Set.of(pools);
        return this;
    }

    private List<SimTask> submit(
            TaskGroup group,
            Map<String, List<SimTask>> groups,
            ToDoubleFunction<String> secondsOfTask) {
        var made = new ArrayList<SimTask>();
        for (int i = 0; i < group.count(); i++) {
            var needs = new ArrayList<SimTask>();
            for (Need need : group.needs()) {
                List<SimTask> all = groups.getOrDefault(need.task(), List.of());
                needs.addAll(
                        need.groupKey() == null || all.isEmpty()
                                ? all
                                : List.of(all.get(i % all.size())));
            }
            made.add(add(group.name(), group.component(), i, secondsOfTask, needs));
        }
        return made;
    }

    private SimTask add(
            String group,
            String pool,
            int index,
            ToDoubleFunction<String> secondsOfTask,
            List<SimTask> needs) {
        String id = spec.deploymentId() + "/" + group + "/" + index;
        var task = new SimTask(id, group, pool, secondsOfTask.applyAsDouble(group), needs);
        tasks.add(task);
        return task;
    }

    /** Tasks from outside arrive now. */
    void arrive(String group, String pool, int count, double seconds) {
        for (int i = 0; i < count; i++) {
            add(group, pool, tasks.size(), g -> seconds, List.of());
        }
    }

    void ask(String pool, ScaleRequested.Mode mode, int count) {
        var request = new ScaleRequested(spec.deploymentId(), pool, mode, count, "test", at());
        planner.request(request, at()).ifPresent(this::check);
    }

    Instant at() {
        return ADeployment.START.plusMillis(Math.round(now * 1000));
    }

    double now() {
        return now;
    }

    int desired(String pool) {
        return planner.lastPlan().orElseThrow().desired(pool);
    }

    boolean finished() {
        return tasks.stream().allMatch(t -> t.state == SimTask.State.DONE);
    }

    /** Runs until all tasks are done; fails if they are not within {@code limit} seconds. */
    World runToTheEnd(double limit) {
        while (!finished()) {
            step();
            assertThat(now)
                    .as("the world stands still: %s", planner.lastPlan().orElseThrow())
                    .isLessThan(limit);
        }
        return this;
    }

    World runFor(double seconds) {
        double until = now + seconds;
        while (now < until) {
            step();
        }
        return this;
    }

    private void step() {
        settle();
        now = nextEvent();
        finishWhatIsDue();
    }

    /** Dispatcher, planner and provider react to one another until nothing changes. */
    private void settle() {
        for (int i = 0; i < 50; i++) {
            unblock();
            boolean changed = drain();
            lease();
            changed |= reconcile();
            var plan = planner.observe(demand(), at());
            plan.ifPresent(this::check);
            if (plan.isEmpty() && !changed) {
                return;
            }
        }
        throw new AssertionError("decision loop at " + now + ": " + plans);
    }

    private void unblock() {
        for (SimTask task : tasks) {
            if (task.state == SimTask.State.BLOCKED && task.unblocked()) {
                task.state = SimTask.State.READY;
            }
        }
    }

    private void lease() {
        for (SimTask task : tasks) {
            if (task.state == SimTask.State.READY) {
                workers.stream()
                        .filter(w -> w.pool.equals(task.pool) && w.ready && !w.draining)
                        .filter(w -> w.running.size() < w.slots)
                        .findFirst()
                        .ifPresent(
                                w -> {
                                    w.running.add(task);
                                    task.state = SimTask.State.RUNNING;
                                    task.begunAt = now;
                                });
            }
        }
    }

    private boolean drain() {
        boolean changed = false;
        for (ComponentSpec c : spec.components()) {
            List<SimWorker> up = in(c.name()).stream().filter(w -> w.ready && !w.draining).toList();
            int surplus = up.size() - desired(c.name());
            var idleFirst =
                    up.stream()
                            .sorted(Comparator.comparingInt((SimWorker w) -> w.running.size()))
                            .toList();
            for (int i = 0; i < surplus; i++) {
                idleFirst.get(i).draining = true;
                changed = true;
            }
        }
        for (SimWorker w : List.copyOf(workers)) {
            if (w.draining && w.running.isEmpty()) {
                gone(w);
            }
        }
        return changed;
    }

    private boolean reconcile() {
        boolean changed = false;
        for (ComponentSpec c : spec.components()) {
            List<SimWorker> mine = in(c.name()).stream().filter(w -> !w.draining).toList();
            long ready = mine.stream().filter(w -> w.ready).count();
            int desired = desired(c.name());
            List<SimWorker> starting = mine.stream().filter(w -> !w.ready).toList();
            for (int i = (int) Math.max(0, desired - ready); i < starting.size(); i++) {
                gone(starting.get(i));
                changed = true;
            }
            for (int i = mine.size(); i < desired; i++) {
                boolean fails = failing.contains(c.name());
                String id = c.name() + "-" + ++launched;
                workers.add(new SimWorker(id, c.name(), c.slots(), now, now + startDelay, fails));
                tell(new WorkerRequested(spec.deploymentId(), c.name(), id, 1, at()));
                changed = true;
            }
        }
        mostWorkers = Math.max(mostWorkers, workers.size());
        Allowance allowance = Allowance.of(spec);
        assertThat(workers.stream().mapToDouble(w -> allowance.price(w.pool)).sum())
                .as("what real workers cost at %s", now)
                .isLessThanOrEqualTo(allowance.perHour() + Allowance.EXACT);
        Integer cap = spec.target().maxWorkers();
        assertThat(workers.size())
                .as("real workers at %s", now)
                .isLessThanOrEqualTo(cap == null ? Integer.MAX_VALUE : cap);
        return changed;
    }

    private void gone(SimWorker worker) {
        workers.remove(worker);
        var cause = RemovalCause.SCALED_IN;
        tell(new WorkerRemoved(spec.deploymentId(), worker.pool, worker.id, cause, at()));
    }

    private void tell(WorkerLifecycle event) {
        bills.add(event);
        planner.heard(event);
    }

    private List<SimWorker> in(String pool) {
        return workers.stream().filter(w -> w.pool.equals(pool)).toList();
    }

    private double nextEvent() {
        boolean often = now < LONG || (spec.pricing() != null && spec.pricing().budget() != null);
        double next = now + (often ? TICK : LONG_TICK);
        for (SimWorker w : workers) {
            next = w.ready ? next : Math.min(next, w.readyAt);
            for (SimTask task : w.running) {
                next = Math.min(next, task.begunAt + task.seconds);
            }
        }
        return Math.max(next, now + 0.001);
    }

    private void finishWhatIsDue() {
        for (SimWorker w : List.copyOf(workers)) {
            if (!w.ready && w.readyAt <= now + 1e-6) {
                if (w.fails) {
                    gone(w);
                } else {
                    tell(new WorkerStarted(spec.deploymentId(), w.pool, w.id, "here", at()));
                    w.ready = true;
                    w.idleSince = now;
                    started.computeIfAbsent(w.pool, p -> new ArrayList<>()).add(startDelay);
                }
            }
            for (SimTask task : List.copyOf(w.running)) {
                if (task.begunAt + task.seconds <= now + 1e-6) {
                    task.state = SimTask.State.DONE;
                    w.running.remove(task);
                    w.idleSince = now;
                    completed.computeIfAbsent(w.pool, p -> new ArrayList<>()).add(task.seconds);
                }
            }
        }
    }

    PoolDemand demand() {
        var pools = new ArrayList<PoolObservation>();
        for (ComponentSpec c : spec.components()) {
            String pool = c.name();
            pools.add(
                    Sight.of(
                            pool,
                            in(pool),
                            tasks.stream().filter(t -> t.pool.equals(pool)).toList(),
                            completed.getOrDefault(pool, List.of()),
                            started.getOrDefault(pool, List.of()),
                            now));
        }
        completed.clear();
        started.clear();
        var line =
                new PoolDemand(
                        spec.deploymentId(), at(), "observe", now, pools, List.of(), List.of());
        lines.add(line);
        return line;
    }

    private void check(ScalePlan plan) {
        log.add(plan, !failing.isEmpty());
    }

    /** See {@link PlanLog#moves}. */
    List<String> moves() {
        return log.moves();
    }
}
