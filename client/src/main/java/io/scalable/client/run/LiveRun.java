package io.scalable.client.run;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.ScaleRequested;
import io.scalable.contracts.task.TaskCommand.CancelAll;
import io.scalable.contracts.task.TaskCommand.CancelTask;
import io.scalable.contracts.task.TaskCommand.ResultsWanted;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.task.TaskState;
import io.scalable.contracts.trace.TraceParent;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
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
    private final RunOptions options;
    private final RunBooks books;
    private final TaskSender sender;
    private final DeploymentLink link;
    private final RunFollower follower;
    private final RunEnding ending;
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
        this.options = options;
        this.books =
                new RunBooks(
                        new RunRecorder(spec, folder, before),
                        listener,
                        options,
                        CLOCK,
                        System::nanoTime);
        books.onMissing(this::askFor);
        folder.onLoss(text -> books.broken(new RunProblem(text, RunProblem.Kind.LOST)));
        this.link = new DeploymentLink(kafka, spec, options.connect(), options.silence());
        this.sender = new TaskSender(spec.storage(), link, books::broken);
        try {
            this.follower = new RunFollower(kafka, spec.deploymentId(), options, books);
        } catch (RuntimeException e) {
            link.close();
            throw KafkaTrouble.explained(e, kafka, options.connect());
        }
        this.ending = new RunEnding(info, folder, listener, options, books, link, follower);
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
            return NextLife.begin(folder, spec, brokers, options.failedOnly());
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

    /**
     * Submits several tasks, in order, as part of the caller's trace where there is one; see {@link
     * #submit(SubmitTask)}.
     */
    public void submit(List<SubmitTask> tasks) {
        tasks.forEach(TaskSizes::check);
        books.submitted(tasks, task -> Routing.component(spec, task.tag()));
        String traceparent = TraceParent.current();
        sender.submit(
                traceparent == null
                        ? tasks
                        : tasks.stream().map(task -> traced(task, traceparent)).toList());
    }

    private static SubmitTask traced(SubmitTask task, String traceparent) {
        return task.traceparent() == null ? task.withTraceparent(traceparent) : task;
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

    /** Has listeners hear of each task's events, from the first on; without this only of ends. */
    public void followTasks() {
        follower.followTasks();
    }

    /** How many tasks have failed for good. */
    int failed() {
        return books.count(TaskState.FAILED) + books.count(TaskState.DEAD_LETTERED);
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

    /**
     * Has {@code action} called with tasks that the services say are over and of whose results
     * nothing came even when they were asked for.
     */
    void onMissing(Consumer<List<String>> action) {
        books.onMissing(
                ids -> {
                    askFor(ids);
                    action.accept(ids);
                });
    }

    private void askFor(List<String> ids) {
        sender.send(new ResultsWanted(spec.deploymentId(), ids));
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
     * (a bounded time), deletes the deployment's topics, completes the run folder. Where that
     * cannot be, because nothing can be written or said any more, all is left as it is to be gone
     * on with another time. Calling it again gives the same outcome.
     */
    public synchronized RunOutcome finish() {
        RunOutcome known = outcome;
        if (known != null) {
            return known;
        }
        stopWhatIsLeft();
        RunOutcome end = ending.end();
        outcome = end;
        return end;
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
        books.awaitQuietly(options.stop(), () -> books.allEnded() || books.problem() != null);
    }
}
