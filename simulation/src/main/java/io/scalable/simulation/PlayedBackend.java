package io.scalable.simulation;

import io.scalable.contracts.task.FailureClass;
import io.scalable.provider.backend.BackendUnavailableException;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.backend.LaunchRefusedException;
import io.scalable.provider.backend.WorkerBackend;
import io.scalable.provider.backend.WorkerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A cluster of machines that runs workers as jobs, outlives every service, and has its moods. */
final class PlayedBackend {

    /** From SIGTERM to SIGKILL. */
    private static final int GRACE_MILLIS = 8_000;

    /** A worker's job, as the cluster knows it. */
    final class Job {
        final LaunchOrder order;
        final long visibleAt;
        @Nullable PlayedWorker worker;
        @Nullable Instant endsAt;
        WorkerStatus.@Nullable Exited exit;
        boolean runs;
        boolean ready;

        Job(LaunchOrder order) {
            this.order = order;
            visibleAt = world.schedule.millis() + late();
        }

        String id() {
            return order.workerId();
        }

        boolean alive() {
            return exit == null;
        }

        /** The worker takes leases. */
        void ready() {
            ready = true;
        }

        /** The process has ended. */
        void exited(int code, @Nullable FailureClass cause) {
            if (alive()) {
                exit = new WorkerStatus.Exited(code, ready, "exit " + code, null, cause);
                world.trace(id(), exit);
                PlayedWorker process = worker;
                if (process != null) {
                    process.gone();
                }
            }
        }

        /** It is asked to end, and killed if it does not within the grace. */
        void terminate(FailureClass cause) {
            PlayedWorker process = worker;
            if (process == null) {
                exited(143, cause);
            } else {
                process.terminate(GRACE_MILLIS / 2);
                world.schedule.after(GRACE_MILLIS, () -> exited(137, cause));
            }
        }

        private void begin() {
            if (!alive()) {
                return;
            }
            runs = true;
            Optional<Duration> allocation = order.deployment().allocation();
            allocation.ifPresent(
                    lasts -> {
                        endsAt = world.schedule.now().plus(lasts);
                        world.schedule.after(lasts.toMillis(), this::over);
                    });
            if (world.faults.happens(Fault.START_FAILED, 15)) {
                world.schedule.after(300, () -> exited(1, null));
                return;
            }
            world.schedule.after(
                    world.schedule.between(100, 3_000),
                    () -> {
                        if (alive()) {
                            worker = new PlayedWorker(world, this);
                            worker.start();
                        }
                    });
        }

        private void over() {
            if (alive()) {
                world.faults.count(Fault.ALLOCATION_ENDED);
                exited(137, FailureClass.WALLTIME);
            }
        }

        private WorkerStatus status() {
            WorkerStatus.Exited over = exit;
            if (over != null) {
                return over;
            }
            return runs
                    ? new WorkerStatus.Running("node", ready, endsAt)
                    : new WorkerStatus.Pending("Priority");
        }
    }

    private final World world;
    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private final int listingLagMillis;
    private final int longestQueueMillis;
    private long emptyUntil;
    private long unknownUntil;
    private long unavailableUntil;
    private boolean lied;

    PlayedBackend(World world) {
        this.world = world;
        listingLagMillis = world.schedule.oneIn(2) ? 0 : 5_000;
        longestQueueMillis = world.schedule.oneIn(4) ? 20_000 : 1_500;
    }

    /** The jobs that have not ended. */
    List<Job> alive() {
        return jobs.values().stream().filter(Job::alive).toList();
    }

    /** The job of a worker; null if it is forgotten. */
    @Nullable Job job(String workerId) {
        return jobs.get(workerId);
    }

    /** True once a listing has left out workers for longer than the backend promises. */
    boolean lied() {
        return lied;
    }

    /** How long a launch takes at most, from order to running. */
    Duration launchLead() {
        return Duration.ofMillis(longestQueueMillis);
    }

    void mood(Fault fault) {
        long until = world.schedule.millis() + world.schedule.between(1_000, 12_000);
        switch (fault) {
            case LISTING_EMPTY -> {
                emptyUntil = until;
                lied = true;
            }
            case LISTING_UNKNOWN -> unknownUntil = until;
            case LISTING_UNAVAILABLE -> unavailableUntil = until;
            default -> throw new IllegalArgumentException(fault.name());
        }
        world.trace("backend", fault);
    }

    private int late() {
        if (listingLagMillis > 0 && world.faults.happens(Fault.LISTING_LATE, 2)) {
            return world.schedule.between(0, listingLagMillis - 500);
        }
        return 0;
    }

    /** The backend as a provider host calls it. */
    WorkerBackend calledBy(PlayedProvider provider) {
        return new Port(provider);
    }

    /** Every call may fail, and may be the last thing that its caller does. */
    private final class Port implements WorkerBackend {
        private final PlayedProvider provider;

        Port(PlayedProvider provider) {
            this.provider = provider;
        }

        @Override
        public void launch(LaunchOrder order) {
            if (world.faults.happens(Fault.LAUNCH_REFUSED, 40)) {
                throw new LaunchRefusedException("no quota", null);
            }
            call(
                    () -> {
                        if (!jobs.containsKey(order.workerId())) {
                            world.invariants.launching(order);
                            var job = new Job(order);
                            jobs.put(order.workerId(), job);
                            world.trace(job.id(), "launched");
                            world.schedule.after(
                                    world.schedule.between(50, longestQueueMillis), job::begin);
                        }
                    });
        }

        @Override
        public void cancel(String workerId) {
            call(
                    () -> {
                        Job job = jobs.get(workerId);
                        if (job != null && job.alive() && !job.ready) {
                            job.exited(143, null);
                        }
                    });
        }

        @Override
        public void terminate(String workerId) {
            call(() -> ending(workerId, job -> job.terminate(FailureClass.PREEMPTED)));
        }

        @Override
        public void kill(String workerId) {
            call(() -> ending(workerId, job -> job.exited(137, null)));
        }

        private void ending(String workerId, Consumer<Job> how) {
            Job job = jobs.get(workerId);
            if (job != null && job.alive()) {
                world.invariants.ending(job);
                how.accept(job);
            }
        }

        private void call(Runnable work) {
            boolean fails = world.faults.happens(Fault.CALL_FAILED, 40);
            if (!fails || world.schedule.oneIn(2)) {
                provider.call(work);
            }
            if (fails) {
                throw new IllegalStateException("the call failed");
            }
        }

        @Override
        public Map<String, WorkerStatus> observe() {
            long now = world.schedule.millis();
            if (now < unavailableUntil) {
                throw new BackendUnavailableException("no answer", null);
            }
            var listing = new LinkedHashMap<String, WorkerStatus>();
            if (now >= emptyUntil) {
                for (Job job : jobs.values()) {
                    if (now >= job.visibleAt) {
                        listing.put(
                                job.id(),
                                now < unknownUntil
                                        ? new WorkerStatus.Unknown("node unreachable")
                                        : job.status());
                    }
                }
            }
            return listing;
        }

        @Override
        public void forget(String workerId) {
            Job job = jobs.get(workerId);
            if (job != null && !job.alive()) {
                jobs.remove(workerId);
            }
        }

        @Override
        public Duration listingLag() {
            return Duration.ofMillis(listingLagMillis);
        }

        @Override
        public Duration launchLead() {
            return PlayedBackend.this.launchLead();
        }

        @Override
        public void close() {}
    }
}
