package io.scalable.client.run;

import io.scalable.contracts.FileProblem;
import io.scalable.contracts.task.TaskState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The end of a run, once its tasks have ended or cannot: the deployment is ended and the folder
 * completed, or, where nothing can be said or written any more, all is left as it is.
 */
final class RunEnding {

    private static final InstantSource CLOCK = InstantSource.system();

    private final RunInfo info;
    private final RunFolder folder;
    private final RunListener listener;
    private final RunOptions options;
    private final RunBooks books;
    private final DeploymentLink link;
    private final RunFollower follower;

    RunEnding(
            RunInfo info,
            RunFolder folder,
            RunListener listener,
            RunOptions options,
            RunBooks books,
            DeploymentLink link,
            RunFollower follower) {
        this.info = info;
        this.folder = folder;
        this.listener = listener;
        this.options = options;
        this.books = books;
        this.link = link;
        this.follower = follower;
    }

    /** Ends the run as far as that can be; called once. */
    RunOutcome end() {
        Instant finished = CLOCK.instant();
        RunProblem problem = books.problem();
        if (problem == null || problem.kind() == RunProblem.Kind.ENDS) {
            problem = endDeployment();
        }
        if (problem != null) {
            return leave(problem);
        }
        books.awaitQuietly(options.leave(), () -> books.workersPresent().isEmpty());
        follower.close();
        attempt("the deployment's topics could not be deleted", link::deleteTopics);
        link.close();
        return conclude(finished);
    }

    /** What keeps the deployment from being ended; null if it has ended. */
    private @Nullable RunProblem endDeployment() {
        if (!books.written()) {
            return new RunProblem("the run's folder cannot be written", RunProblem.Kind.CUT_OFF);
        }
        try {
            link.end();
            return null;
        } catch (RunException e) {
            String text = "the end of the run could not be published: " + e.getMessage();
            return new RunProblem(text, RunProblem.Kind.CUT_OFF);
        }
    }

    /** Nothing is put away: whoever resumes the run finds all that there was. */
    private RunOutcome leave(RunProblem why) {
        follower.close();
        books.broken(why);
        books.leave();
        link.abandon();
        RunInfo end = info.interrupted(Objects.requireNonNull(books.problem()).text());
        if (why.kind() == RunProblem.Kind.CUT_OFF) {
            mark(end);
        }
        folder.close();
        return RunOutcome.interrupted(end, books.failures(), books.workersPresent());
    }

    /** The disk may be full: there is room for this much. */
    private void mark(RunInfo end) {
        try {
            folder.releaseReserve();
            folder.writeInfo(end);
        } catch (IOException e) {
            listener.warning("the run's end could not be written: " + FileProblem.describe(e));
        }
    }

    private RunOutcome conclude(Instant finished) {
        List<String> left = books.workersPresent();
        if (!left.isEmpty()) {
            listener.warning(
                    "workers had not left %d s after the end: %s"
                            .formatted(options.leave().toSeconds(), String.join(", ", left)));
        }
        RunProblem why = books.problem();
        String problem = why == null ? null : why.text();
        books.abandon(problem == null ? "the run ended before it did" : problem, finished);
        try {
            folder.flush();
            folder.writeInfo(info.ended(finished, state(problem), problem));
            folder.releaseReserve();
            folder.forgetBroker();
            RunSummary summary = folder.summarize();
            folder.writeSummary(summary);
            folder.close();
            return new RunOutcome(summary, books.failures(), left, problem);
        } catch (IOException | UncheckedIOException e) {
            RunInfo end = info.interrupted("cannot complete the run folder: " + FileProblem.describe(e));
            mark(end);
            folder.close();
            return RunOutcome.interrupted(end, books.failures(), left);
        }
    }

    private RunState state(@Nullable String problem) {
        if (problem != null
                || books.count(TaskState.FAILED) + books.count(TaskState.DEAD_LETTERED) > 0) {
            return RunState.FAILED;
        }
        boolean dropped = books.count(TaskState.CANCELLED) + books.count(TaskState.SKIPPED) > 0;
        return dropped ? RunState.CANCELLED : RunState.SUCCEEDED;
    }

    private void attempt(String otherwise, Runnable step) {
        try {
            step.run();
        } catch (RunException e) {
            listener.warning(otherwise + ": " + e.getMessage());
        }
    }
}
