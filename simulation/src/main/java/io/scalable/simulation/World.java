package io.scalable.simulation;

import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.task.TaskResult;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One history: everybody in it, what goes wrong, and when it is looked at. */
final class World {

    private static final int STEP_MILLIS = 2_000;
    private static final int LONGEST_TROUBLE_MILLIS = 25_000;
    private static final int WORK_MILLIS = 20 * 60_000;
    private static final int REST_MILLIS = 80_000;
    private static final int SWEEP_MILLIS = 45_000;
    private static final long DAY_MILLIS = 25 * 3_600_000L;
    private static final int TRACED = 4_000;

    final Schedule schedule;
    final Faults faults;
    final Log log;
    final Invariants invariants;
    final PlayedBackend backend;
    final PlayedDispatcher dispatcher;
    final PlayedPlanner planner;
    final PlayedProvider provider;
    final Driver driver;

    private final Map<String, TaskResult> accepted = new HashMap<>();
    private final boolean traces;
    private final ArrayDeque<String> trace = new ArrayDeque<>();
    private boolean ended;

    /**
     * @param traces true to keep the last moves, for {@link #trace()}
     */
    World(long seed, boolean traces) {
        this.traces = traces;
        schedule = new Schedule(seed);
        faults = new Faults(schedule);
        log = new Log(schedule);
        invariants = new Invariants(this);
        log.watch(this::appended);
        backend = new PlayedBackend(this);
        dispatcher = new PlayedDispatcher(this);
        planner = new PlayedPlanner(this);
        provider = new PlayedProvider(this);
        driver = new Driver(this, Workload.of(schedule));
    }

    /**
     * Lives from the first start to a day after the deployment's end.
     *
     * @throws BrokenInvariant if one does not hold
     */
    void live() {
        dispatcher.start();
        planner.start();
        provider.start();
        driver.start();
        trouble();
        schedule.runUntil(schedule.between(20, 70) * 1_000L);
        boolean early = schedule.oneIn(8);
        if (!early) {
            faults.stop();
            work();
            invariants.settled();
        }
        ended = true;
        driver.end();
        if (early) {
            schedule.runUntil(schedule.millis() + 20_000);
            faults.stop();
        }
        schedule.runUntil(schedule.millis() + SWEEP_MILLIS);
        invariants.over();
        schedule.leap(DAY_MILLIS);
        schedule.runUntil(schedule.millis() + 2_000);
        invariants.dayAfter();
    }

    /** True once the deployment's end was told. */
    boolean ended() {
        return ended;
    }

    /** True once nothing goes wrong any more. */
    boolean calm() {
        return !faults.on();
    }

    /** The first result of the task that was written; null before. */
    @Nullable TaskResult accepted(String taskId) {
        return accepted.get(taskId);
    }

    void trace(String who, Object what) {
        if (traces) {
            if (trace.size() == TRACED) {
                trace.remove();
            }
            trace.add("%8.3f %s: %s".formatted(schedule.millis() / 1000.0, who, what));
        }
    }

    /** The last moves, oldest first. */
    List<String> trace() {
        return List.copyOf(trace);
    }

    private void appended(Log.Entry record) {
        trace(record.partition().topic(), record.value() == null ? "tombstone" : record.value());
        invariants.appended(record);
        if (record.value() instanceof TaskResult result) {
            accepted.putIfAbsent(result.taskId(), result);
        }
    }

    private void work() {
        schedule.runUntil(schedule.millis() + LONGEST_TROUBLE_MILLIS);
        driver.scaleAll();
        long end = schedule.millis() + WORK_MILLIS;
        while (!driver.done() && schedule.millis() < end) {
            schedule.runUntil(schedule.millis() + STEP_MILLIS);
        }
        schedule.runUntil(schedule.millis() + REST_MILLIS);
    }

    /** Every few seconds something happens that nobody wanted, or somebody wants something else. */
    private void trouble() {
        if (faults.on()) {
            happen(schedule.between(0, 28));
            schedule.after(schedule.between(200, 5_000), this::trouble);
        }
    }

    private void happen(int kind) {
        switch (kind) {
            case 0, 1 -> dispatcher(Fault.DISPATCHER_KILLED);
            case 2, 3 -> dispatcher(Fault.DISPATCHER_KILLED_IN_COMMIT);
            case 4 -> dispatcher(Fault.DISPATCHER_PAUSED);
            case 26 -> dispatcher(Fault.DISPATCHER_STALLED);
            case 27, 28 -> dispatcher(Fault.DISPATCHER_BEHIND);
            case 5 -> counted(Fault.PLANNER_KILLED, planner::kill);
            case 6 -> counted(Fault.PROVIDER_KILLED, () -> provider.kill(Fault.PROVIDER_KILLED));
            case 8 -> counted(Fault.BROKER_AWAY, () -> log.away(schedule.between(500, 15_000)));
            case 9, 10 -> aJob(Fault.WORKER_KILLED);
            case 11, 12 -> aJob(Fault.JOB_CANCELLED);
            case 13 -> aJob(Fault.WORKER_PAUSED);
            case 14 -> aJob(Fault.WORKER_CUT_OFF);
            case 15 -> mood(Fault.LISTING_UNKNOWN);
            case 16 -> mood(Fault.LISTING_UNAVAILABLE);
            case 17 -> {
                if (schedule.oneIn(3)) {
                    mood(Fault.LISTING_EMPTY);
                }
            }
            default -> {
                if (!ended) {
                    wish(kind);
                }
            }
        }
    }

    private void wish(int kind) {
        switch (kind) {
            case 7 -> counted(Fault.DRIVER_KILLED, driver::kill);
            case 18, 19 -> driver.cancelSome();
            case 20, 21 -> driver.scaleSome();
            case 22 -> driver.redeploy();
            default -> {}
        }
    }

    private void dispatcher(Fault how) {
        if (dispatcher.running()) {
            counted(
                    how,
                    () -> {
                        switch (how) {
                            case DISPATCHER_STALLED -> dispatcher.stall();
                            case DISPATCHER_BEHIND -> dispatcher.behind(schedule.between(500, 15_000));
                            default -> dispatcher.fail(how);
                        }
                    });
        }
    }

    private void mood(Fault fault) {
        counted(fault, () -> backend.mood(fault));
    }

    private void counted(Fault fault, Runnable what) {
        faults.count(fault);
        what.run();
    }

    private void aJob(Fault fault) {
        List<PlayedBackend.Job> alive = backend.alive();
        if (alive.isEmpty()) {
            return;
        }
        PlayedBackend.Job job = alive.get(schedule.between(0, alive.size() - 1));
        faults.count(fault);
        trace(job.id(), fault);
        PlayedWorker worker = job.worker;
        switch (fault) {
            case WORKER_KILLED -> job.exited(137, FailureClass.NODE_FAILURE);
            case JOB_CANCELLED -> job.terminate(FailureClass.PREEMPTED);
            case WORKER_PAUSED -> {
                if (worker != null) {
                    worker.pause(schedule.between(500, 20_000));
                }
            }
            case WORKER_CUT_OFF -> {
                if (worker != null) {
                    worker.cutOff(schedule.between(500, 35_000));
                }
            }
            default -> throw new IllegalArgumentException(fault.name());
        }
    }
}
