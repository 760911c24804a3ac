package io.scalable.client.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a run waits for, and when it has waited too long. It is told what was seen after each look
 * at the topics, and counts only the time in which it looked. Pure; not thread-safe.
 */
final class RunWaits {

    /** The dispatcher speaks every 5 s: three times that is said. */
    private static final Duration QUIET = Duration.ofSeconds(15);

    /** A plan that launches nothing more may be overtaken by the next one. */
    private static final Duration BUDGET = Duration.ofSeconds(12);

    /** Results follow the demand that counts them within moments. */
    private static final Duration MISSING = Duration.ofSeconds(5);

    private static final Duration LONGEST_MISSING = Duration.ofMinutes(1);

    /** Workers of clouds and clusters take about as long. */
    private static final Duration NO_WORKERS = Duration.ofSeconds(60);

    /** For a disk to have room again. */
    private static final Duration FOLDER = Duration.ofSeconds(60);

    private final RunOptions options;
    private final LookedTime silence;
    private final LookedTime broke;
    private final LookedTime missing;
    private final LookedTime workerless;
    private final LookedTime unwritten;
    private Duration nextAsk = MISSING;
    private int asked;
    private @Nullable String waiting;
    private @Nullable RunProblem problem;

    /**
     * What was seen.
     *
     * @param pending tasks that have not ended
     * @param heard true if anything was heard of the deployment
     * @param connected false if no broker answers
     * @param idle true if the services say that nothing is left to do
     * @param noMoney why no worker is paid for any more; null if that is not so
     * @param noWorkers what is wanted where no worker is ready; null if one is
     * @param unwritten why the run folder could not be written; null if it was
     */
    record Sight(
            int pending,
            boolean heard,
            boolean connected,
            boolean idle,
            @Nullable String noMoney,
            @Nullable String noWorkers,
            @Nullable String unwritten) {}

    RunWaits(RunOptions options, long now) {
        this.options = options;
        this.silence = new LookedTime(now);
        this.broke = new LookedTime(now);
        this.missing = new LookedTime(now);
        this.workerless = new LookedTime(now);
        this.unwritten = new LookedTime(now);
    }

    /** Nobody owes us a word before there is something to do. */
    void begun(long now) {
        silence.restart(now);
    }

    /** A result came: what is missing may come by itself. */
    void advanced(long now) {
        missing.restart(now);
        nextAsk = MISSING;
    }

    /**
     * Takes in what was seen.
     *
     * @return true if what is missing should be asked for now
     */
    boolean look(long now, Sight sight) {
        boolean left = sight.pending() > 0;
        silence.look(now, left && !sight.heard());
        broke.look(now, left && sight.noMoney() != null);
        missing.look(now, left && sight.idle());
        workerless.look(now, left && sight.noWorkers() != null);
        unwritten.look(now, sight.unwritten() != null);
        problem = problem(sight);
        boolean ask = missing.atLeast(nextAsk);
        if (ask) {
            asked++;
            missing.restart(now);
            nextAsk = min(nextAsk.multipliedBy(2), LONGEST_MISSING);
        }
        waiting = left ? waiting(sight) : null;
        return ask;
    }

    /** What the run waits for, in one line; null if nothing is out of the ordinary. */
    @Nullable String waiting() {
        return waiting;
    }

    /** Why it should wait no longer; null if it should. */
    @Nullable RunProblem problem() {
        return problem;
    }

    private @Nullable String waiting(Sight sight) {
        if (sight.unwritten() != null) {
            return sight.unwritten() + "; trying again";
        }
        if (silence.atLeast(QUIET)) {
            String who =
                    sight.connected() ? "the dispatcher says nothing" : "no Kafka broker answers";
            return "nothing was heard of the run for %d s: %s; it goes on as soon as they do"
                    .formatted(silence.lasted().toSeconds(), who);
        }
        if (sight.idle() && asked > 0) {
            return "the services say that nothing is left to do, but %d results have not come; asked for them %d times"
                    .formatted(sight.pending(), asked);
        }
        return workerless.atLeast(NO_WORKERS) ? "waiting for workers: " + sight.noWorkers() : null;
    }

    private @Nullable RunProblem problem(Sight sight) {
        if (unwritten.atLeast(FOLDER)) {
            return new RunProblem(
                    sight.unwritten()
                            + "; make room and go on with the run: everything so far is kept",
                    RunProblem.Kind.CUT_OFF);
        }
        if (broke.atLeast(BUDGET)) {
            return new RunProblem(
                    "%s; tasks that were not run: %d. Raise targets.NAME.budget and run again"
                            .formatted(sight.noMoney(), sight.pending()),
                    RunProblem.Kind.ENDS);
        }
        if (silence.atLeast(options.silence())) {
            String what =
                    "nothing was heard of the run for %d s, tasks left: %d; check that the"
                                    .formatted(options.silence().toSeconds(), sight.pending())
                            + " dispatcher runs and that the brokers answer";
            return new RunProblem(
                    what, sight.connected() ? RunProblem.Kind.ENDS : RunProblem.Kind.CUT_OFF);
        }
        return null;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
