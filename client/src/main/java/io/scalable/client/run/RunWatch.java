package io.scalable.client.run;

import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a run after each look at its topics: writes what was heard, says how far it is and what
 * it waits for, asks for what is missing. Not thread-safe; times are nanoseconds of a clock that
 * nobody sets.
 */
final class RunWatch {

    /** Of so many tasks the results are asked for at once. */
    private static final int MOST_MISSING = 1000;

    private final RunRecorder recorder;
    private final RunListener listener;
    private final RunOptions options;
    private final RunWaits waits;
    private final Instant begun;
    private final long begunNanos;
    private Consumer<List<String>> missing = _ -> {};
    private long toldNanos;
    private boolean due;
    private boolean broken;
    private @Nullable ScalePlan newest;
    private @Nullable String unwritten;
    private @Nullable String waiting;

    RunWatch(RunRecorder recorder, RunListener listener, RunOptions options, Instant at, long now) {
        this.recorder = recorder;
        this.listener = listener;
        this.options = options;
        this.waits = new RunWaits(options, now);
        this.begun = at;
        this.begunNanos = now;
        this.toldNanos = now - options.progress().toNanos();
    }

    void onMissing(Consumer<List<String>> action) {
        missing = action;
    }

    /** Nobody owes us a word before there is something to do. */
    void begun(long now) {
        waits.begun(now);
    }

    /** A result came. */
    void advanced(long now) {
        waits.advanced(now);
    }

    void planned(ScalePlan plan) {
        if (newest == null || plan.generation() >= newest.generation()) {
            newest = plan;
        }
    }

    /** Why the run should wait no longer; null if it should. */
    @Nullable RunProblem look(long now, boolean heard, boolean connected) {
        due = now - toldNanos >= options.progress().toNanos();
        if (due) {
            toldNanos = now;
            boolean unused = write();
        }
        if (waits.look(now, sight(heard, connected))) {
            missing.accept(recorder.missing(MOST_MISSING));
        }
        RunProblem problem = waits.problem();
        broken |= problem != null;
        tellWaiting();
        return problem;
    }

    /** True once whatever was heard is written; what cannot be written waits for the next time. */
    boolean write() {
        try {
            recorder.flush();
            unwritten = null;
        } catch (UncheckedIOException e) {
            unwritten = e.getMessage();
        }
        return unwritten == null;
    }

    /** Before the first task is submitted there is no progress to speak of. */
    void tellProgress(long now) {
        if (due) {
            RunProgress progress = progress(now);
            if (progress.total() > 0) {
                listener.progress(progress);
            }
        }
    }

    /** By the time that has passed since the run began here: somebody may set the clock. */
    RunProgress progress(long now) {
        return recorder.progress(begun.plusNanos(now - begunNanos)).waitingFor(waiting);
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

    /** Its beginning and its end stand in logs; how long it lasts stands in the progress. */
    private void tellWaiting() {
        String now = waits.waiting();
        if (now != null && waiting == null) {
            listener.warning(now);
        } else if (now == null && waiting != null && !broken && recorder.pending() > 0) {
            listener.warning("the run goes on");
        }
        waiting = now;
    }

    private @Nullable String outOfMoney() {
        return Optional.ofNullable(newest).flatMap(RunWatch::outOfMoney).orElse(null);
    }

    /** Why a plan has no workers at all, if it is the budget that keeps them away. */
    private static Optional<String> outOfMoney(ScalePlan plan) {
        boolean none = plan.pools().stream().allMatch(pool -> pool.desired() == 0);
        return plan.pools().stream()
                .filter(pool -> none && pool.bindingConstraint().equals("budget"))
                .map(PoolPlan::reason)
                .findFirst();
    }
}
