package io.scalable.planning.simulation;

import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.contracts.scaling.PoolObservation.IdleWorker;
import io.scalable.contracts.scaling.PoolObservation.StartingWorker;
import io.scalable.contracts.scaling.PoolObservation.TaskCounts;
import io.scalable.planning.simulation.SimulatedWorker.Attempt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One pool's tasks and workers in virtual time. */
final class SimulatedPool {

    final String name;
    final TracePool shape;
    final Random random;
    final Deque<Job> ready = new ArrayDeque<>();

    /** Workers with a free slot; the one that got it last is last. */
    final Deque<SimulatedWorker> free = new ArrayDeque<>();

    final Map<String, SimulatedWorker> workers = new LinkedHashMap<>();
    final Map<String, GroupCount> groups = new LinkedHashMap<>();
    private final GroupCount ungrouped = new GroupCount("");
    final List<Double> completed = new ArrayList<>();
    final List<Double> startedAfter = new ArrayList<>();
    int blocked;
    int running;
    double lastDown = Double.NEGATIVE_INFINITY;

    SimulatedPool(String name, TracePool shape, long seed) {
        this.name = name;
        this.shape = shape;
        random = new Random(seed);
    }

    /** The counts of a task group; one that observations leave out for tasks of no group. */
    GroupCount group(@Nullable String group) {
        return group == null ? ungrouped : groups.computeIfAbsent(group, GroupCount::new);
    }

    void block(Job job) {
        blocked++;
        job.group.blocked++;
    }

    void unblock(Job job) {
        blocked--;
        job.group.blocked--;
    }

    void queue(Job job) {
        ready.addLast(job);
        job.group.queued++;
    }

    void end(SimulatedWorker worker, Attempt attempt) {
        worker.running.remove(attempt);
        running--;
        attempt.job().group.running--;
        attempt.job().group.done++;
        completed.add(attempt.job().task.runtime());
    }

    /** What the worker runs begins again elsewhere, before all that waits. */
    void requeue(SimulatedWorker worker) {
        for (Attempt attempt : worker.running.reversed()) {
            ready.addFirst(attempt.job());
            attempt.job().group.running--;
            attempt.job().group.queued++;
            running--;
        }
        worker.running.clear();
    }

    /** Workers that are idle, running or starting and not about to leave. */
    int alive() {
        return (int) workers.values().stream().filter(w -> !w.draining).count();
    }

    boolean empty() {
        return workers.isEmpty() && ready.isEmpty();
    }

    /**
     * Those that leave first: the youngest start, then the longest idle, then the longest busy.
     *
     * @param busy whether busy ones may leave
     */
    List<SimulatedWorker> leavers(int count, boolean busy) {
        var staying = workers.values().stream().filter(w -> !w.draining).toList();
        var starting =
                staying.stream()
                        .filter(SimulatedWorker::starting)
                        .sorted(
                                Comparator.comparingDouble((SimulatedWorker w) -> w.requested)
                                        .reversed());
        var idle =
                staying.stream()
                        .filter(SimulatedWorker::idle)
                        .sorted(Comparator.comparingDouble(w -> w.idleSince));
        var working =
                staying.stream()
                        .filter(w -> busy && !w.running.isEmpty())
                        .sorted(Comparator.comparingDouble(SimulatedWorker::busySince));
        return Stream.of(starting, idle, working).flatMap(s -> s).limit(count).toList();
    }

    /** What the dispatcher would see; durations and delays are told once. */
    PoolObservation observe(double now) {
        var ages = new ArrayList<Double>();
        var idle = new ArrayList<IdleWorker>();
        var starting = new ArrayList<StartingWorker>();
        for (SimulatedWorker w : workers.values()) {
            w.running.forEach(attempt -> ages.add(now - attempt.since()));
            if (w.starting()) {
                starting.add(new StartingWorker(w.id, now - w.requested));
            } else if (w.idle() && !w.draining) {
                idle.add(new IdleWorker(w.id, now - w.idleSince, now - w.billedFrom));
            }
        }
        int alive = alive();
        var seen =
                new PoolObservation(
                        name,
                        ready.size(),
                        blocked,
                        alive,
                        workers.size() - alive,
                        ages,
                        idle,
                        starting,
                        completed,
                        startedAfter,
                        counts(now));
        completed.clear();
        startedAfter.clear();
        return seen;
    }

    Sample sample(double now) {
        int starting = (int) workers.values().stream().filter(SimulatedWorker::starting).count();
        return new Sample(now, name, workers.size() - starting, starting, ready.size() + running);
    }

    private List<TaskCounts> counts(double now) {
        if (groups.isEmpty()) {
            return List.of();
        }
        var oldest = new HashMap<GroupCount, Double>();
        for (Job job : ready) {
            oldest.putIfAbsent(job.group, now - job.readyAt);
        }
        return groups.values().stream()
                .filter(GroupCount::seen)
                .map(g -> g.counts(oldest.getOrDefault(g, 0.0)))
                .toList();
    }

    /** Takes the job from the queue onto the worker that came free last. */
    Attempt begin(SimulatedWorker worker, double now) {
        Job job = ready.removeFirst();
        var attempt = new Attempt(job, now);
        worker.running.add(attempt);
        worker.ran = true;
        if (worker.running.size() == shape.slots()) {
            free.removeLast();
        }
        running++;
        job.group.queued--;
        job.group.running++;
        return attempt;
    }
}
