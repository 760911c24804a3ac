package io.scalable.client.run;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.ScaleRequested;
import io.scalable.contracts.task.TaskCommand.CancelAll;
import io.scalable.contracts.task.TaskCommand.CancelTask;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.task.TaskState;
import io.scalable.contracts.trace.TraceParent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A deployment under way, seen by its driver: tasks go in, results come out, the run folder fills.
 * Thread-safe. {@link #finish()} (or {@link #close()}) ends the deployment and must be called.
 */
public final class LiveRun implements AutoCloseable {

    private static final InstantSource CLOCK = InstantSource.system();

    private final DeploymentSpec spec;
    private final RunFolder folder;
    private final RunListener listener;
    private final RunOptions options;
    private final RunInfo info;
    private final RunBooks books;
    private final TaskSender sender;
    private final DeploymentLink link;
    private final RunFollower follower;
    private @Nullable RunOutcome outcome;

    private LiveRun(
            Map<String, String> kafka,
            DeploymentSpec spec,
            RunFolder folder,
            RunListener listener,
            RunOptions options,
            RunInfo info,
            RunRecord before) {
        this.spec = spec;
        this.folder = folder;
        this.listener = listener;
        this.options = options;
        this.info = info;
        this.books =
                new RunBooks(
                        new RunRecorder(spec, folder, before),
                        listener,
                        options,
                        CLOCK,
                        System::nanoTime);
        folder.onLoss(text -> books.broken(new RunProblem(text, RunProblem.Kind.LOST)));
        this.link = new DeploymentLink(kafka, spec, options.connect(), options.silence());
        this.sender = new TaskSender(spec.storage(), link, books::broken);
        try {
            this.follower = new RunFollower(kafka, spec.deploymentId(), options, books);
        } catch (RuntimeException e) {
            link.close();
            throw KafkaTrouble.explained(e, kafka, options.connect());
        }
    }

    /**
     * Makes the deployment's topics, listens, and publishes the deployment.
     *
     * @param kafka Kafka client properties, {@code bootstrap.servers} at least
     * @throws RunException if the brokers do not answer or refuse; the run folder says so too
     * @throws IOException if the run folder cannot be written
     */
    public static LiveRun open(
            Map<String, String> kafka,
            DeploymentSpec spec,
            RunFolder folder,
            RunListener listener,
            RunOptions options)
            throws IOException {
        RunRecord before = begin(kafka, spec, folder, options);
        RunInfo info = folder.info();
        try {
            var run = new LiveRun(kafka, spec, folder, listener, options, info, before);
            run.publish();
            return run;
        } catch (RunException e) {
            // A run that another process began is left as it was: it may be resumed another time.
            folder.writeInfo(
                    options.again()
                            ? info.interrupted(String.valueOf(e.getMessage()))
                            : info.ended(CLOCK.instant(), RunState.FAILED, e.getMessage()));
            throw e;
        }
    }

    private static RunRecord begin(
            Map<String, String> kafka, DeploymentSpec spec, RunFolder folder, RunOptions options)
            throws IOException {
        String brokers = KafkaTrouble.brokers(kafka);
        if (options.again()) {
            RunRecord before = folder.record();
            folder.writeInfo(folder.info().goesOn());
            return before;
        }
        if (folder.isDeployed()) {
            return folder.begin(spec, brokers);
        }
        folder.writeDeployment(spec);
        folder.writeInfo(RunInfo.started(spec, brokers));
        return RunRecord.none();
    }

    private void publish() {
        follower.start();
        try {
            link.publish(spec);
        } catch (RuntimeException e) {
            follower.close();
            link.close();
            throw e;
        }
    }

    /**
     * Submits a task, without waiting. A large input is stored and sent by reference.
     *
     * @throws IllegalArgumentException if no component answers to its tag
     * @throws RunException if its input cannot be stored
     */
    public void submit(SubmitTask task) {
        submit(List.of(task));
    }

    /** Submits several tasks, in order, as part of the caller's trace where there is one. */
    void submit(List<SubmitTask> tasks) {
        tasks.forEach(TaskSizes::check);
        books.submitted(tasks, task -> Routing.component(spec, task.tag()));
        String traceparent = TraceParent.current();
        tasks.forEach(
                task ->
                        sender.send(
                                task.traceparent() == null
                                        ? task.withTraceparent(traceparent)
                                        : task));
    }

    /** Asks for one task to be stopped; its result says whether it was. */
    public void cancel(String taskId, String reason) {
        sender.send(new CancelTask(spec.deploymentId(), taskId, reason));
    }

    /**
     * Asks for every task that has not ended to be stopped.
     *
     * @param running false leaves running attempts to finish
     */
    public void cancelAll(boolean running, String reason) {
        sender.send(new CancelAll(spec.deploymentId(), running, reason));
    }

    /**
     * Asks the planner for another worker count.
     *
     * @throws IllegalArgumentException if no component answers to {@code tag}
     */
    public void request(String tag, ScaleRequested.Mode mode, int workers, String reason) {
        String component = Routing.component(spec, tag);
        link.request(
                new ScaleRequested(
                        spec.deploymentId(), component, mode, workers, reason, CLOCK.instant()),
                books::broken);
    }

    /** How many workers of the component that answers to {@code tag} run now. */
    public int workerCount(String tag) {
        return books.workers(Routing.component(spec, tag));
    }

    /** How far the run is. */
    public RunProgress progress() {
        return books.progress();
    }

    /** The deployment. */
    public DeploymentSpec spec() {
        return spec;
    }

    /** Where the run is recorded. */
    public RunFolder folder() {
        return folder;
    }

    /** The run cannot go on, for {@code problem}: whoever waits is told, and the run is ended. */
    public void fail(String problem) {
        books.broken(new RunProblem(problem, RunProblem.Kind.ENDS));
    }

    /**
     * The run cannot go on, and nothing can be said to its services any more: whoever waits is
     * told, and all is left as it is.
     */
    public void cutOff(String problem) {
        books.broken(new RunProblem(problem, RunProblem.Kind.CUT_OFF));
    }

    /** Has {@code action} called with tasks that the services say are over, without results. */
    void onMissing(Consumer<List<String>> action) {
        books.onMissing(action);
    }

    /**
     * Waits until every submitted task has ended, the run cannot go on, or {@code enough} is true
     * (looked at ten times a second).
     */
    public void awaitEnd(BooleanSupplier enough) throws InterruptedException {
        books.await(
                null, () -> books.allEnded() || books.problem() != null || enough.getAsBoolean());
    }

    /**
     * Ends the deployment: stops what has not ended, tells the workers to leave and waits for them
     * (a bounded time), deletes the deployment's topics, completes the run folder. Where that cannot
     * be, because nothing can be written or said any more, all is left as it is to be gone on with
     * another time. Calling it again gives the same outcome.
     */
    public synchronized RunOutcome finish() {
        RunOutcome known = outcome;
        if (known != null) {
            return known;
        }
        RunOutcome end = end();
        outcome = end;
        return end;
    }

    private RunOutcome end() {
        stopWhatIsLeft();
        Instant finished = CLOCK.instant();
        RunProblem problem = books.problem();
        if (problem == null || problem.kind() == RunProblem.Kind.ENDS) {
            problem = endDeployment();
        }
        if (problem != null) {
            return leave(problem);
        }
        awaitQuietly(options.leave(), () -> books.workersPresent().isEmpty());
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
            listener.warning("the run's end could not be written: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        var _ = finish();
    }

    private void stopWhatIsLeft() {
        if (books.allEnded() || books.problem() != null) {
            return;
        }
        cancelAll(true, "the run was ended");
        awaitQuietly(options.stop(), () -> books.allEnded() || books.problem() != null);
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
            RunInfo end = info.interrupted("cannot complete the run folder: " + e.getMessage());
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

    /** An interrupt cuts the wait short; the rest of the end still happens. */
    private void awaitQuietly(Duration patience, BooleanSupplier condition) {
        try {
            books.await(patience, condition);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
