package io.scalable.client.run;

import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolPlan;
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
import java.util.Optional;
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

    /** Of so many tasks the results are asked for at once. */
    private static final int MOST_MISSING = 1000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final RunRecorder recorder;
    private final RunListener listener;
    private final RunOptions options;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final RunWaits waits;
    private long toldNanos;
    private boolean over;
    private @Nullable ScalePlan newest;
    private @Nullable String unwritten;
    private @Nullable String waiting;
    private @Nullable RunProblem problem;
    private Consumer<List<String>> missing = _ -> {};

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
        long start = nanos.getAsLong();
        this.waits = new RunWaits(options, start);
        this.toldNanos = start - options.progress().toNanos();
    }

    /** Has {@code action} called, on the follower's thread, with tasks whose results are missing. */
    void onMissing(Consumer<List<String>> action) {
        locked(() -> missing = action);
    }

    /** Takes all tasks at once, so that nobody sees the progress of a part of them. */
    void submitted(List<SubmitTask> tasks, Function<SubmitTask, String> component) {
        locked(
                () -> {
                    // Nobody owes us a word before there is something to do.
                    if (recorder.pending() == 0) {
                        waits.begun(nanos.getAsLong());
                    }
                    tasks.forEach(task -> recorder.submitted(task, component.apply(task)));
                });
    }

    @Override
    public void result(TaskResult result) {
        locked(
                () -> {
                    if (!over && recorder.ended(result)) {
                        waits.advanced(nanos.getAsLong());
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
                    if (recorder.worker(event)) {
                        listener.worker(event);
                    }
                });
    }

    @Override
    public void task(TaskEvent.OfTask event) {
        locked(() -> listener.taskMoved(event));
    }

    /** Without telemetry a run goes on; whatever else leaves it alone leaves it waiting for ever. */
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
                    boolean due = now - toldNanos >= options.progress().toNanos();
                    if (due) {
                        toldNanos = now;
                        write();
                    }
                    if (waits.look(now, sight(heard, connected))) {
                        missing.accept(recorder.missing(MOST_MISSING));
                    }
                    tellWaiting();
                    RunProblem why = waits.problem();
                    if (why != null) {
                        broken(why);
                    }
                    if (due) {
                        tellProgress();
                    }
                });
    }

    private RunWaits.Sight sight(boolean heard, boolean connected) {
        return new RunWaits.Sight(
                recorder.pending(),
                heard,
                connected,
                recorder.idle(),
                recorder.workers().present().isEmpty() ? outOfMoney() : null,
                recorder.withoutWorkers(),
                unwritten);
    }

    /** What cannot be written waits for the next time. */
    private void write() {
        try {
            recorder.flush();
            unwritten = null;
        } catch (UncheckedIOException e) {
            unwritten = e.getMessage();
        }
    }

    /** Its beginning and its end stand in logs; how long it lasts stands in the progress. */
    private void tellWaiting() {
        String now = waits.waiting();
        if (now != null && waiting == null) {
            listener.warning(now);
        } else if (now == null && waiting != null && problem == null && recorder.pending() > 0) {
            listener.warning("the run goes on");
        }
        waiting = now;
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

    /** Before the first task is submitted there is no progress to speak of. */
    private void tellProgress() {
        RunProgress progress = now();
        if (progress.total() > 0) {
            listener.progress(progress);
        }
    }

    private RunProgress now() {
        return recorder.progress(clock.instant()).waitingFor(waiting);
    }

    /** Why a plan has no workers at all, if it is the budget that keeps them away. */
    private @Nullable String outOfMoney() {
        return Optional.ofNullable(newest).flatMap(RunBooks::outOfMoney).orElse(null);
    }

    private static Optional<String> outOfMoney(ScalePlan plan) {
        boolean none = plan.pools().stream().allMatch(pool -> pool.desired() == 0);
        return plan.pools().stream()
                .filter(pool -> none && pool.bindingConstraint().equals("budget"))
                .map(PoolPlan::reason)
                .findFirst();
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

    /** Closes the books of a run that is left as it is: nothing more is written. */
    void leave() {
        locked(() -> over = true);
    }

    /** True once whatever was heard is written. */
    boolean written() {
        return get(
                () -> {
                    write();
                    return unwritten == null;
                });
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
        return get(this::now);
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
