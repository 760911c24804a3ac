package io.scalable.client.run;

import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.scaling.ScaleRequested;
import io.scalable.contracts.service.ServiceEvent;
import io.scalable.contracts.service.ServiceEvent.DeploymentSetAside;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.task.TaskEvent;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.task.TaskState;
import io.scalable.contracts.worker.WorkerLifecycle;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The recorder under a lock: the follower's thread writes, others read and wait. Listeners are
 * called with the lock held, so that they hear one thing at a time and in order.
 */
final class RunBooks implements RunEvents {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final RunRecorder recorder;
    private final RunListener listener;
    private final LongSupplier nanos;
    private final RunWatch watch;
    private boolean over;
    private @Nullable RunProblem problem;

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
        this.nanos = nanos;
        this.watch = new RunWatch(recorder, listener, options, clock.instant(), nanos.getAsLong());
    }

    /**
     * Has {@code action} called, on the follower's thread, with tasks whose results are missing.
     */
    void onMissing(Consumer<List<String>> action) {
        locked(() -> watch.onMissing(action));
    }

    /** Takes all tasks at once, so that nobody sees the progress of a part of them. */
    void submitted(List<SubmitTask> tasks, Function<SubmitTask, String> component) {
        locked(
                () -> {
                    // Nobody owes us a word before there is something to do.
                    if (recorder.pending() == 0) {
                        watch.begun(nanos.getAsLong());
                    }
                    tasks.forEach(task -> recorder.submitted(task, component.apply(task)));
                });
    }

    @Override
    public void result(TaskResult result) {
        locked(
                () -> {
                    if (!over && recorder.ended(result)) {
                        watch.advanced(nanos.getAsLong());
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
                    watch.planned(plan);
                    if (recorder.planned(plan)) {
                        listener.planned(plan);
                    }
                });
    }

    @Override
    public void worker(WorkerLifecycle event) {
        locked(
                () -> {
                    if (recorder.worker(event)) {
                        listener.worker(event);
                    }
                });
    }

    @Override
    public void task(TaskEvent.OfTask event) {
        locked(() -> listener.taskMoved(event));
    }

    /**
     * Without telemetry a run goes on; whatever else leaves it alone leaves it waiting for ever.
     */
    @Override
    public void service(ServiceEvent event) {
        if (event instanceof DeploymentSetAside aside) {
            String text = aside.service() + " has set the run aside: " + aside.reason();
            if (aside.service().equals("telemetry")) {
                locked(() -> listener.warning(text));
            } else {
                broken(new RunProblem(text, RunProblem.Kind.ENDS));
            }
        }
    }

    @Override
    public void polled(boolean heard, boolean connected) {
        long now = nanos.getAsLong();
        locked(
                () -> {
                    if (heard) {
                        changed.signalAll();
                    }
                    RunProblem why = watch.look(now, heard, connected);
                    if (why != null) {
                        broken(why);
                    }
                    watch.tellProgress(now);
                });
    }

    @Override
    public void unreadable(String why) {
        locked(() -> listener.warning("left out an unreadable record: " + why));
    }

    @Override
    public void broken(RuntimeException why) {
        String text = why.getMessage();
        broken(
                new RunProblem(
                        text == null ? why.toString() : text,
                        why instanceof UncheckedIOException
                                ? RunProblem.Kind.CUT_OFF
                                : RunProblem.Kind.ENDS));
    }

    /** The first problem is kept: the others usually follow from it. */
    void broken(RunProblem why) {
        locked(
                () -> {
                    if (problem == null) {
                        problem = why;
                        listener.problem(why.text());
                    }
                    changed.signalAll();
                });
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

    /** The same, cut short by an interrupt; the rest of the end still happens. */
    void awaitQuietly(Duration patience, BooleanSupplier condition) {
        try {
            await(patience, condition);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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

    /** Closes the books of a run that is left as it is: nothing more is written. */
    void leave() {
        locked(() -> over = true);
    }

    /** True once whatever was heard is written. */
    boolean written() {
        return get(watch::write);
    }

    boolean allEnded() {
        return get(() -> recorder.pending() == 0);
    }

    @Nullable RunProblem problem() {
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
        return get(() -> watch.progress(nanos.getAsLong()));
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
