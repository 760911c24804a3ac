package io.scalable.provider.cloud.aws;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.provider.backend.BackendUnavailableException;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.backend.WorkerBackend;
import io.scalable.provider.backend.WorkerStatus;
import io.scalable.provider.cloud.CloudSettings;
import io.scalable.provider.cloud.aws.Launches.Outcome;
import io.scalable.provider.platform.ReportedWorkers;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The workers of one deployment as ECS tasks. AWS is asked one thing at a time on an executor; what
 * it answers is taken in by the next {@link #observe()}.
 */
final class EcsBackend implements WorkerBackend {

    private static final System.Logger LOG = System.getLogger(EcsBackend.class.getName());

    private static final Duration NOW = Duration.ZERO;

    private static final Duration LAST_CALLS = Duration.ofSeconds(15);

    private final DeploymentSpec deployment;
    private final StatusWords words;
    private final Ecs ecs;
    private final Launches launches;
    private final Launcher launcher;
    private final AwsPacing pacing;
    private final ReportedWorkers reported;
    private final InstantSource clock;
    private final ExecutorService executor;
    private final Runnable changed;
    private final Runnable closed;

    private final TaskTable table;
    private final Queue<Runnable> answers = new ConcurrentLinkedQueue<>();
    private final Instant complete;
    private boolean asking;
    private @Nullable Instant heard;
    private Instant nextListing = Instant.MIN;
    private Instant nextStops = Instant.MIN;
    private int stopFailures;
    private int failures;
    private String trouble = "AWS has not answered yet";
    private boolean useless;

    /**
     * @param executor of this backend alone, which ends it
     * @param closed called when the backend is closed
     */
    EcsBackend(
            DeploymentSpec deployment,
            Ecs ecs,
            CloudSettings settings,
            AwsPacing pacing,
            ExecutorService executor,
            Runnable closed) {
        this.deployment = deployment;
        this.ecs = ecs;
        this.launcher = new Launcher(ecs, settings, pacing.stopTimeout());
        this.table = new TaskTable(deployment.deploymentId());
        AwsTarget target = AwsTarget.of(deployment.target());
        this.launches = new Launches(ecs, launcher, table, target, pacing);
        this.pacing = pacing;
        this.reported = settings.reported();
        this.words = new StatusWords(target, reported);
        this.clock = settings.clock();
        this.executor = executor;
        this.changed = settings.changed();
        this.closed = closed;
        // What an earlier host launched a moment ago, lists may lack; a new deployment had none.
        Instant now = clock.instant();
        boolean young = deployment.createdAt().isAfter(now.minus(pacing.settle()));
        this.complete = young ? now : now.plus(pacing.settle());
    }

    @Override
    public void launch(LaunchOrder order) {
        if (!table.workers().containsKey(order.workerId())) {
            launcher.check(order);
            table.add(order);
        }
    }

    @Override
    public void cancel(String workerId) {
        if (!reported.wasReady(workerId)) {
            table.cancel(workerId);
        }
    }

    @Override
    public void terminate(String workerId) {
        table.stop(workerId);
    }

    /** ECS kills by itself what does not end in time. */
    @Override
    public void kill(String workerId) {
        table.stop(workerId);
    }

    @Override
    public void forget(String workerId) {
        table.forget(workerId);
        reported.forget(workerId);
    }

    @Override
    public Map<String, WorkerStatus> observe() {
        Instant now = clock.instant();
        for (Runnable answer = answers.poll(); answer != null; answer = answers.poll()) {
            answer.run();
        }
        askNext(now);
        if (!table.listedOnce()) {
            throw new BackendUnavailableException(trouble, useless, null);
        }
        boolean stale = heard == null || heard.plus(pacing.patience()).isBefore(now);
        var listing = new HashMap<String, WorkerStatus>();
        table.workers().forEach((id, task) -> listing.put(id, words.of(id, task, stale, trouble)));
        return listing;
    }

    /** Tasks go on: the next host adopts them. Without any, what they needed is taken away. */
    @Override
    public void close() {
        if (table.listedOnce() && table.nothingLeft()) {
            executor.execute(this::cleanUp);
        }
        executor.shutdown();
        try {
            if (!executor.awaitTermination(LAST_CALLS.toMillis(), TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
        ecs.close();
        closed.run();
    }

    private void cleanUp() {
        try {
            launcher.cleanUp(deployment);
        } catch (AwsException e) {
            LOG.log(
                    Level.WARNING,
                    "{0} may be left, and task definitions of {1}: {2}",
                    Ownership.parameter(deployment.deploymentId()),
                    deployment.deploymentId(),
                    e.text());
        }
    }

    /** At most one thing is asked at a time: ends, then how things are if it is time, launches. */
    private void askNext(Instant now) {
        if (asking) {
            return;
        }
        List<String> stops =
                now.isBefore(nextStops) ? List.of() : table.nextStops(reported::wasReady, now);
        if (!stops.isEmpty()) {
            ask(() -> stopAll(stops));
        } else if (!now.isBefore(nextListing)) {
            list();
        } else if (table.listedOnce()) {
            Launches.Batch batch = launches.next(now);
            if (!batch.isEmpty()) {
                ask(() -> launchAll(batch));
            }
        }
    }

    private Runnable launchAll(Launches.Batch batch) {
        List<Outcome> outcomes = launches.call(batch);
        return () -> {
            launches.took(outcomes, clock.instant());
            soon();
        };
    }

    private Runnable stopAll(List<String> arns) {
        List<String> failed =
                launches.stopAll(arns, Ownership.STOPPED_BY + "the worker is not wanted any more");
        return () -> {
            failed.forEach(table::notStopped);
            stopFailures = failed.isEmpty() ? 0 : stopFailures + 1;
            nextStops = clock.instant().plus(failed.isEmpty() ? NOW : growing(stopFailures - 1));
            soon();
        };
    }

    private void list() {
        var arns = new LinkedHashSet<>(table.known());
        String startedBy = Ownership.startedBy(deployment.deploymentId());
        boolean first = !table.listedOnce();
        ask(
                () -> {
                    arns.addAll(ecs.list(startedBy, false));
                    if (first) {
                        arns.addAll(ecs.list(startedBy, true));
                    }
                    List<EcsTask> tasks = arns.isEmpty() ? List.of() : ecs.describe(arns);
                    return () -> heard(tasks);
                });
    }

    private void heard(List<EcsTask> tasks) {
        Instant now = clock.instant();
        heard = now;
        failures = 0;
        useless = false;
        boolean all = !now.isBefore(complete);
        launches.noRoom(table.listed(tasks, all, now), now);
        nextListing = now.plus(table.inMotion() ? pacing.moving() : pacing.steady());
        if (!table.listedOnce()) {
            trouble = "looking for workers that an earlier host may have launched";
            nextListing = complete.isBefore(nextListing) ? complete : nextListing;
        }
    }

    private void unavailable(AwsException e) {
        if (e.kind() == AwsException.Kind.NO_CLUSTER && !table.listedOnce()) {
            // Nothing can be in a cluster that is not there; launches say what is wrong.
            heard(List.of());
            return;
        }
        if (!trouble.equals(e.text())) {
            LOG.log(Level.WARNING, "{0}: {1}", deployment.deploymentId(), e.text());
        }
        trouble = e.text();
        useless = e.useless();
        nextListing = clock.instant().plus(growing(failures++));
    }

    private Duration growing(int times) {
        Duration wait = pacing.moving().multipliedBy(1L << Math.min(times, 10));
        return wait.compareTo(pacing.longest()) < 0 ? wait : pacing.longest();
    }

    /** Something has changed: the next listing need not wait for long. */
    private void soon() {
        Instant soon = clock.instant().plus(pacing.moving());
        if (failures == 0 && soon.isBefore(nextListing)) {
            nextListing = soon;
        }
    }

    /** Something that blocks; what it returns is done by the host's thread. */
    @FunctionalInterface
    private interface Question {
        Runnable ask();
    }

    private void ask(Question question) {
        asking = true;
        try {
            executor.execute(
                    () -> {
                        Runnable answer;
                        try {
                            answer = question.ask();
                        } catch (AwsException e) {
                            answer = () -> unavailable(e);
                        } catch (RuntimeException e) {
                            var unknown =
                                    new AwsException(AwsException.Kind.UNKNOWN, e.toString(), e);
                            answer = () -> unavailable(unknown);
                        }
                        Runnable news = answer;
                        answers.add(
                                () -> {
                                    asking = false;
                                    news.run();
                                });
                        changed.run();
                    });
        } catch (RejectedExecutionException e) {
            asking = false; // closed
        }
    }
}
