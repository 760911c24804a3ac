package io.scalable.simulation;

import static io.scalable.simulation.PlayedDispatcher.shared;

import com.fasterxml.jackson.databind.node.TextNode;
import io.scalable.contracts.Payload;
import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.Assignment;
import io.scalable.contracts.worker.Assignment.DrainRequested;
import io.scalable.contracts.worker.Assignment.LeaseGranted;
import io.scalable.contracts.worker.Assignment.LeaseParents;
import io.scalable.contracts.worker.Assignment.LeaseRevoked;
import io.scalable.contracts.worker.WorkerReport;
import io.scalable.contracts.worker.WorkerReport.AttemptFinished;
import io.scalable.contracts.worker.WorkerReport.AttemptStarted;
import io.scalable.contracts.worker.WorkerReport.HeldAttempt;
import io.scalable.contracts.worker.WorkerReport.WorkerHeartbeat;
import io.scalable.contracts.worker.WorkerReport.WorkerLeft;
import io.scalable.contracts.worker.WorkerReport.WorkerReady;
import io.scalable.simulation.Log.Partition;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A worker as the dispatcher knows it: it takes leases from the end of its partition that it found,
 * keeps at most one attempt per task, runs as many as it has slots, says every second what it
 * holds, and leaves when it is drained.
 */
final class PlayedWorker {

    private static final int BEAT_MILLIS = 1_000;
    private static final int DRAIN_BEFORE_MILLIS = 10_000;
    private static final int STOP_BEFORE_MILLIS = 2_000;
    private static final int ORPHAN_MILLIS = 30_000;

    /** An attempt that is held; it runs once {@code began} is set. */
    private static final class Held {
        final LeaseGranted lease;
        @Nullable Instant began;

        Held(LeaseGranted lease) {
            this.lease = lease;
        }
    }

    private final World world;
    private final PlayedBackend.Job job;
    private final Partition assignments;
    private final Outbox outbox;
    private final Map<String, Held> held = new LinkedHashMap<>();
    private final Map<String, Integer> ended = new HashMap<>();
    private final long skewMillis;
    private long position;
    private long pausedUntil;
    private long cutOffUntil;
    private boolean draining;
    private boolean alive = true;

    PlayedWorker(World world, PlayedBackend.Job job) {
        this.world = world;
        this.job = job;
        outbox = new Outbox(world);
        assignments = new Partition(Topics.assignments(Workload.DEPLOYMENT), job.order.partition());
        boolean skewed = world.faults.happens(Fault.CLOCK_SKEWED, 4);
        skewMillis = skewed ? world.schedule.between(-5, 5) * 3_600_000L : 0;
    }

    void start() {
        position = world.log.end(assignments);
        say(
                new WorkerReady(
                        Workload.DEPLOYMENT,
                        job.id(),
                        job.order.component().name(),
                        slots(),
                        job.order.partition(),
                        "node",
                        1,
                        endsAt(),
                        clock()));
        awaitReady();
    }

    /** Stands still for so many milliseconds. */
    void pause(long millis) {
        pausedUntil = world.schedule.millis() + millis;
        outbox.hold(millis);
    }

    /** Nothing comes in or goes out for so many milliseconds. */
    void cutOff(long millis) {
        cutOffUntil = world.schedule.millis() + millis;
        outbox.hold(millis);
    }

    /** True while it runs an attempt. */
    boolean busy() {
        return held.values().stream().anyMatch(h -> h.began != null);
    }

    /** True while it runs this attempt. */
    boolean runs(String taskId, int attempt) {
        Held known = held.get(taskId);
        return alive && known != null && known.began != null && known.lease.attempt() == attempt;
    }

    /** SIGTERM: it drains; what runs is cut when the grace is over. */
    void terminate(long graceMillis) {
        drain();
        world.schedule.after(graceMillis, () -> stopRunning(FailureClass.PREEMPTED));
    }

    /** Its process has ended. */
    void gone() {
        if (alive) {
            alive = false;
            outbox.kill();
        }
    }

    /** Takes leases once the broker has its first report. */
    private void awaitReady() {
        act(
                20,
                () -> {
                    if (outbox.busy()) {
                        awaitReady();
                    } else {
                        job.ready();
                        beat();
                        poll();
                    }
                });
    }

    private void poll() {
        if (world.schedule.millis() >= cutOffUntil) {
            Log.Entry next = world.log.read(assignments, position);
            while (next != null) {
                position = next.offset() + 1;
                if (next.key().equals(job.id()) && next.value() instanceof Assignment told) {
                    take(told);
                }
                next = world.log.read(assignments, position);
            }
        }
        fillSlots();
        act(world.schedule.pause(world.calm(), 20, 120), this::poll);
    }

    private void take(Assignment told) {
        world.trace(job.id(), told);
        switch (told) {
            case LeaseGranted lease -> grant(lease);
            case LeaseRevoked revoked -> {
                Held known = held.get(revoked.taskId());
                if (known != null && known.lease.attempt() == revoked.attempt()) {
                    held.remove(revoked.taskId());
                }
            }
            case DrainRequested _ -> drain();
            case LeaseParents _ ->
                    throw new IllegalStateException("results travel in their lease here: " + told);
        }
        leaveIfDrained();
    }

    private void grant(LeaseGranted lease) {
        Held other = held.get(lease.taskId());
        boolean known =
                other != null && other.lease.attempt() >= lease.attempt()
                        || ended.getOrDefault(lease.taskId(), 0) >= lease.attempt();
        if (!draining && !known) {
            held.put(lease.taskId(), new Held(lease));
        }
    }

    private void drain() {
        draining = true;
        held.values().removeIf(h -> h.began == null);
        leaveIfDrained();
    }

    private void leaveIfDrained() {
        if (draining && held.isEmpty() && alive && job.ready) {
            say(new WorkerLeft(Workload.DEPLOYMENT, job.id(), "drained", clock()));
            outbox.flush();
            job.exited(0, null);
        }
    }

    private void fillSlots() {
        long running = held.values().stream().filter(h -> h.began != null).count();
        for (Held next : List.copyOf(held.values())) {
            if (next.began == null && running < slots() && !draining) {
                running++;
                begin(next);
            }
        }
    }

    private void begin(Held next) {
        next.began = world.schedule.now();
        LeaseGranted lease = next.lease;
        world.invariants.began(lease);
        say(
                new AttemptStarted(
                        Workload.DEPLOYMENT,
                        job.id(),
                        lease.taskId(),
                        lease.attempt(),
                        clock(),
                        lease.deploymentCreatedAt()));
        int most = world.schedule.oneIn(10) ? 15_000 : 1_500;
        act(world.schedule.between(5, most), () -> finish(next));
    }

    private void finish(Held next) {
        boolean fails = world.schedule.oneIn(10);
        end(next, fails ? FailureClass.USER_ERROR : null);
        fillSlots();
    }

    /** Ends an attempt that still is held, and says so. */
    private void end(Held next, @Nullable FailureClass failed) {
        LeaseGranted lease = next.lease;
        Instant began = next.began;
        if (!alive || began == null || held.get(lease.taskId()) != next) {
            return;
        }
        var value = TextNode.valueOf(lease.taskId() + "#" + lease.attempt() + " by " + job.id());
        var report =
                new AttemptFinished(
                        Workload.DEPLOYMENT,
                        job.id(),
                        lease.taskId(),
                        lease.attempt(),
                        failed == null ? Payload.of(value) : null,
                        failed == null ? null : new Failure(failed, "Boom", "it broke", null),
                        (world.schedule.millis() - Schedule.millis(began)) / 1000.0,
                        clock(),
                        lease.deploymentCreatedAt());
        world.invariants.finished(lease, failed);
        say(report);
        held.remove(lease.taskId());
        ended.merge(lease.taskId(), lease.attempt(), Math::max);
        leaveIfDrained();
    }

    private void stopRunning(FailureClass why) {
        for (Held running : List.copyOf(held.values())) {
            end(running, why);
        }
        leaveIfDrained();
    }

    private void beat() {
        if (world.schedule.millis() < cutOffUntil - BEAT_MILLIS) {
            if (cutOffUntil - world.schedule.millis() > ORPHAN_MILLIS) {
                act(ORPHAN_MILLIS, () -> job.exited(1, null));
            }
        } else {
            say(
                    new WorkerHeartbeat(
                            Workload.DEPLOYMENT,
                            job.id(),
                            job.order.component().name(),
                            slots(),
                            job.order.partition(),
                            held.values().stream()
                                    .map(
                                            h ->
                                                    new HeldAttempt(
                                                            h.lease.taskId(),
                                                            h.lease.attempt(),
                                                            h.began != null,
                                                            h.lease.deploymentCreatedAt()))
                                    .toList(),
                            draining,
                            endsAt(),
                            clock()));
        }
        watchAllocation();
        act(BEAT_MILLIS, this::beat);
    }

    private void watchAllocation() {
        Instant end = job.endsAt;
        if (end == null) {
            return;
        }
        long left = Schedule.millis(end) - world.schedule.millis();
        if (left <= DRAIN_BEFORE_MILLIS && !draining) {
            world.faults.count(Fault.ALLOCATION_ENDED);
            drain();
        }
        if (left <= STOP_BEFORE_MILLIS) {
            stopRunning(FailureClass.WALLTIME);
        }
    }

    private void say(WorkerReport report) {
        boolean lost =
                !(report instanceof WorkerReady) && world.faults.happens(Fault.RECORD_LOST, 1500);
        if (lost) {
            world.trace(job.id(), "LOST " + report);
        } else {
            outbox.send(shared(Topics.WORKER_REPORTS), Workload.DEPLOYMENT, report);
        }
    }

    /** Does something later, unless the process has ended; a pause holds it up. */
    private void act(long delay, Runnable what) {
        world.schedule.after(
                delay,
                () -> {
                    if (!alive) {
                        return;
                    }
                    long wait = pausedUntil - world.schedule.millis();
                    if (wait > 0) {
                        act(wait, what);
                    } else {
                        what.run();
                    }
                });
    }

    private int slots() {
        return Math.max(1, job.order.component().slots());
    }

    /** The end of its allocation, by its own clock. */
    private @Nullable Instant endsAt() {
        Instant end = job.endsAt;
        return end == null ? null : end.plusMillis(skewMillis);
    }

    private Instant clock() {
        return world.schedule.now().plusMillis(skewMillis);
    }
}
