package io.scalable.client.run;

import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.scaling.ScaleRequested;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.task.TaskEvent;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.task.TaskState;
import io.scalable.contracts.worker.WorkerLifecycle;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The recorder under a lock: the follower's thread writes, others read and wait. Listeners are
 * called with the lock held, so that they hear one thing at a time and in order.
 */
final class RunBooks implements RunEvents {

    /** A plan that launches nothing more may be overtaken by the next one, seconds. */
    private static final long BUDGET_NANOS = TimeUnit.SECONDS.toNanos(12);

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final RunRecorder recorder;
    private final RunListener listener;
    private final RunOptions options;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private long heardNanos;
    private long toldNanos;
    private boolean over;
    private @Nullable ScalePlan newest;
    private @Nullable Long stoppedNanos;
    private @Nullable String problem;

    /**
     * @param clock for what people read
     * @param nanos for measuring silence: a clock that nobody sets
     */
    RunBooks(
            RunRecorder recorder,
            RunListener listener,
            RunOptions options,
            InstantSource clock,
            LongSupplier nanos) {
        this.recorder = recorder;
        this.listener = listener;
        this.options = options;
        this.clock = clock;
        this.nanos = nanos;
        this.heardNanos = nanos.getAsLong();
        this.toldNanos = heardNanos - options.progress().toNanos();
    }

    /** Takes all tasks at once, so that nobody sees the progress of a part of them. */
    void submitted(List<SubmitTask> tasks, Function<SubmitTask, String> component) {
        locked(
                () -> {
                    // Nobody owes us a word before there is something to do.
                    if (recorder.pending() == 0) {
                        heardNanos = nanos.getAsLong();
                    }
                    tasks.forEach(task -> recorder.submitted(task, component.apply(task)));
                });
    }

    @Override
    public void result(TaskResult result) {
        locked(
                () -> {
                    if (!over && recorder.ended(result)) {
                        listener.taskEnded(result);
                    }
                });
    }

    @Override
    public void demand(PoolDemand demand) {
        locked(() -> recorder.observed(demand));
    }

    @Override
    public void request(ScaleRequested request) {
        locked(() -> recorder.requested(request));
    }

    @Override
    public void plan(ScalePlan plan) {
        locked(
                () -> {
                    if (newest == null || plan.generation() >= newest.generation()) {
                        newest = plan;
                    }
                    if (recorder.planned(plan)) {
                        listener.planned(plan);
                    }
                });
    }

    @Override
    public void worker(WorkerLifecycle event) {
        locked(
                () -> {
                    recorder.worker(event);
                    listener.worker(event);
                });
    }

    @Override
    public void task(TaskEvent.OfTask event) {
        locked(() -> listener.taskMoved(event));
    }

    @Override
    public void polled(boolean heard) {
        long now = nanos.getAsLong();
        locked(
                () -> {
                    if (heard) {
                        heardNanos = now;
                        changed.signalAll();
                    } else if (recorder.pending() > 0
                            && now - heardNanos > options.silence().toNanos()) {
                        stuck();
                    }
                    endWithoutMoney(now);
                    if (now - toldNanos >= options.progress().toNanos()) {
                        toldNanos = now;
                        recorder.flush();
                        tellProgress();
                    }
                });
    }

    @Override
    public void unreadable(String why) {
        locked(() -> listener.warning("left out an unreadable record: " + why));
    }

    /** The first problem is kept: the others usually follow from it. */
    @Override
    public void broken(RuntimeException why) {
        locked(
                () -> {
                    if (problem == null) {
                        String text = why.getMessage();
                        problem = text == null ? why.toString() : text;
                        listener.problem(problem);
                    }
                    changed.signalAll();
                });
    }

    /** Before the first task is submitted there is no progress to speak of. */
    private void tellProgress() {
        RunProgress progress = recorder.progress(clock.instant());
        if (progress.total() > 0) {
            listener.progress(progress);
        }
    }

    /** Tasks would wait for ever for workers that no budget pays for. */
    private void endWithoutMoney(long now) {
        Optional<String> why = Optional.ofNullable(newest).flatMap(RunBooks::outOfMoney);
        boolean stopped =
                why.isPresent() && recorder.pending() > 0 && recorder.workers().present().isEmpty();
        if (!stopped) {
            stoppedNanos = null;
            return;
        }
        Long since = stoppedNanos;
        if (since == null) {
            stoppedNanos = now;
        } else if (now - since >= BUDGET_NANOS && problem == null) {
            broken(
                    new RunException(
                            "%s; tasks that were not run: %d. Raise targets.NAME.budget and run"
                                            .formatted(why.orElseThrow(), recorder.pending())
                                    + " again",
                            null));
        }
    }

    /** Why a plan has no workers at all, if it is the budget that keeps them away. */
    private static Optional<String> outOfMoney(ScalePlan plan) {
        boolean none = plan.pools().stream().allMatch(pool -> pool.desired() == 0);
        return plan.pools().stream()
                .filter(pool -> none && pool.bindingConstraint().equals("budget"))
                .map(PoolPlan::reason)
                .findFirst();
    }

    private void stuck() {
        broken(
                new RunException(
                        ("nothing was heard of the run for %d s, tasks left: %d; check that the"
                                        + " dispatcher runs and that the brokers answer")
                                .formatted(options.silence().toSeconds(), recorder.pending()),
                        null));
    }

    /**
     * Waits for a condition, looked at after every change and ten times a second.
     *
     * @param patience the longest wait; null to wait for ever
     */
    void await(@Nullable Duration patience, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + (patience == null ? 0 : patience.toNanos());
        lock.lockInterruptibly();
        try {
            while (!condition.getAsBoolean()
                    && (patience == null || deadline - System.nanoTime() > 0)) {
                var _ = changed.awaitNanos(LOOK_NANOS);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Closes the books: tasks without a result are written as cancelled, later results ignored. */
    void abandon(String reason, Instant at) {
        locked(
                () -> {
                    over = true;
                    recorder.abandon(reason, at, listener::taskEnded);
                    listener.progress(recorder.progress(at));
                });
    }

    boolean allEnded() {
        return get(() -> recorder.pending() == 0);
    }

    @Nullable String problem() {
        lock.lock();
        try {
            return problem;
        } finally {
            lock.unlock();
        }
    }

    List<String> workersPresent() {
        return get(() -> recorder.workers().present());
    }

    int workers(String component) {
        return get(() -> recorder.workers().running(component));
    }

    int count(TaskState state) {
        return get(() -> recorder.count(state));
    }

    List<FailureRecord> failures() {
        return get(recorder::failures);
    }

    RunProgress progress() {
        return get(() -> recorder.progress(clock.instant()));
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    private <T> T get(Supplier<T> value) {
        lock.lock();
        try {
            return value.get();
        } finally {
            lock.unlock();
        }
    }
}
