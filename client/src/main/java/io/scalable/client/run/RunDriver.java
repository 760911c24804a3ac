package io.scalable.client.run;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Drives one deployment from its publication to its end: submits all its tasks, follows their
 * results, writes the run folder. {@link #run()} is called once; {@link #drain()} and {@link
 * #stop()} may come from any thread.
 */
public final class RunDriver {

    private enum Wish {
        FINISH,
        DRAIN,
        STOP
    }

    private final Map<String, String> kafka;
    private final DeploymentSpec spec;
    private final List<SubmitTask> tasks;
    private final RunFolder folder;
    private final RunListener listener;
    private final RunOptions options;
    private Wish wish = Wish.FINISH;
    private @Nullable LiveRun open;
    private @Nullable LiveRun submitted;
    private @Nullable String lost;

    /**
     * @param kafka Kafka client properties, {@code bootstrap.servers} at least
     * @param spec the deployment to publish
     * @param tasks all its tasks
     * @param folder where the run is recorded
     * @param listener hears how it goes
     */
    public RunDriver(
            Map<String, String> kafka,
            DeploymentSpec spec,
            List<SubmitTask> tasks,
            RunFolder folder,
            RunListener listener,
            RunOptions options) {
        this.kafka = Map.copyOf(kafka);
        this.spec = spec;
        this.tasks = List.copyOf(tasks);
        this.folder = folder;
        this.listener = listener;
        this.options = options;
    }

    /**
     * Runs the deployment to its end. An interrupt stops it.
     *
     * @throws RunException if the brokers do not answer or refuse at the start; what goes wrong
     *     later is in the outcome
     * @throws IllegalArgumentException if no component answers to a task's tag, or a task is too
     *     large for a record; nothing was started
     * @throws IOException if the run folder cannot be written
     */
    public RunOutcome run() throws IOException {
        for (SubmitTask task : tasks) {
            String unused = Routing.component(spec, task.tag());
            TaskSizes.check(task);
        }
        try (LiveRun run = LiveRun.open(kafka, spec, folder, listener, options)) {
            begun(run);
            run.onMissing(ids -> run.submit(missing(Set.copyOf(ids))));
            submitAll(run);
            var deadline = new DeadlineNotice(spec.deadlineSeconds(), spec.createdAt());
            run.awaitEnd(
                    () -> {
                        deadline.at(Instant.now()).ifPresent(listener::warning);
                        stopIfTooManyFailed(run);
                        return stopped();
                    });
            return run.finish();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunException("interrupted; the run was ended", e);
        }
    }

    private void stopIfTooManyFailed(LiveRun run) {
        MaxFails most = options.maxFails();
        if (most != null && !stopped() && most.exceededBy(run.failed(), tasks.size())) {
            listener.warning(
                    "%d of %d tasks failed, more than --max-fails %s allows: the run is stopped"
                            .formatted(run.failed(), tasks.size(), most));
            stop();
        }
    }

    /** Starts nothing more, lets running tasks finish, then ends the run. */
    public void drain() {
        wish(Wish.DRAIN);
    }

    /** Stops everything and ends the run. */
    public void stop() {
        wish(Wish.STOP);
    }

    /**
     * The services that it needs are gone: it cannot go on, and all is left as it is. May come from
     * any thread, before {@link #run()} as well.
     */
    public void cutOff(String problem) {
        synchronized (this) {
            lost = problem;
            LiveRun run = open;
            if (run != null) {
                run.cutOff(problem);
            }
        }
    }

    private synchronized void begun(LiveRun run) {
        open = run;
        String problem = lost;
        if (problem != null) {
            run.cutOff(problem);
        }
    }

    /** Submitting a task again gives its result again, or what was never received gets there. */
    private List<SubmitTask> missing(Set<String> ids) {
        return tasks.stream().filter(task -> ids.contains(task.taskId())).toList();
    }

    private void submitAll(LiveRun run) {
        run.submit(tasks);
        synchronized (this) {
            submitted = run;
            tell(run);
        }
    }

    private synchronized void wish(Wish newer) {
        if (newer.compareTo(wish) > 0) {
            wish = newer;
            LiveRun run = submitted;
            if (run != null) {
                tell(run);
            }
        }
    }

    /** Commands keep their order, so one that follows the last submission reaches all tasks. */
    private void tell(LiveRun run) {
        switch (wish) {
            case FINISH -> {
                // Nothing to say.
            }
            case DRAIN -> run.cancelAll(false, "the run is drained");
            case STOP -> run.cancelAll(true, "the run is stopped");
        }
    }

    private synchronized boolean stopped() {
        return wish == Wish.STOP;
    }
}
