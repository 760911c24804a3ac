package io.scalable.provider.slurm;

import io.scalable.contracts.FileProblem;
import io.scalable.provider.backend.BackendUnavailableException;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.backend.LaunchRefusedException;
import io.scalable.provider.backend.WorkerBackend;
import io.scalable.provider.backend.WorkerStatus;
import io.scalable.provider.slurm.Slurm.Cancel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The workers of one deployment as Slurm jobs. Commands of Slurm run one at a time on an executor;
 * what they answer is taken in by the next {@link #observe()}.
 */
final class SlurmBackend implements WorkerBackend {

    private static final System.Logger LOG = System.getLogger(SlurmBackend.class.getName());

    private final Slurm slurm;
    private final Submission submission;
    private final SlurmPacing pacing;
    private final Duration walltime;
    private final InstantSource clock;
    private final Executor executor;
    private final Runnable changed;
    private final Runnable closed;

    private final JobTable table;
    private final NodeExclusions exclusions = new NodeExclusions();
    private final QueueWaits waits = new QueueWaits();
    private final Set<String> toldFailed = new HashSet<>();
    private final Set<String> ready = new HashSet<>();
    private final Queue<Runnable> answers = new ConcurrentLinkedQueue<>();
    private boolean asking;
    private @Nullable Instant heard;
    private Instant nextListing = Instant.MIN;
    private Instant nextSubmission = Instant.MIN;
    private int failures;
    private int limits;
    private int batchSize;
    private String trouble = "Slurm has not answered yet";

    /**
     * @param executor runs what blocks, one thing at a time
     * @param changed called by the executor's thread when there is news
     * @param closed called when the backend is closed
     */
    SlurmBackend(
            String deploymentId,
            Slurm slurm,
            Submission submission,
            SlurmPacing pacing,
            Duration walltime,
            InstantSource clock,
            Executor executor,
            Runnable changed,
            Runnable closed) {
        this.table = new JobTable(deploymentId);
        this.slurm = slurm;
        this.submission = submission;
        this.pacing = pacing;
        this.walltime = walltime;
        this.clock = clock;
        this.executor = executor;
        this.changed = changed;
        this.closed = closed;
        this.batchSize = pacing.batch();
    }

    @Override
    public void launch(LaunchOrder order) {
        if (table.workers().containsKey(order.workerId())) {
            return;
        }
        try {
            submission.prepare(List.of(order));
        } catch (IOException | UncheckedIOException e) {
            throw new LaunchRefusedException(
                    "worker " + order.workerId() + ": cannot write its settings: " + FileProblem.describe(e),
                    e);
        }
        table.add(order);
    }

    /** One that is ready is left alone; the marker may be there before anybody looked. */
    @Override
    public void cancel(String workerId) {
        if (!isReady(workerId)) {
            table.cancel(workerId, Cancel.TERMINATE);
        }
    }

    @Override
    public void terminate(String workerId) {
        table.cancel(workerId, Cancel.TERMINATE);
    }

    @Override
    public void kill(String workerId) {
        table.cancel(workerId, Cancel.KILL);
    }

    @Override
    public void forget(String workerId) {
        if (table.workers().containsKey(workerId)) {
            table.forget(workerId);
            ready.remove(workerId);
            submission.files(workerId).forget();
        }
    }

    @Override
    public Map<String, WorkerStatus> observe() {
        Instant now = clock.instant();
        for (Runnable answer = answers.poll(); answer != null; answer = answers.poll()) {
            answer.run();
        }
        askNext(now);
        if (!table.listedOnce()) {
            throw new BackendUnavailableException(trouble, null);
        }
        boolean stale = heard == null || heard.plus(pacing.patience()).isBefore(now);
        var listing = new HashMap<String, WorkerStatus>();
        table.workers().forEach((id, job) -> listing.put(id, status(id, job, stale)));
        return listing;
    }

    /** What queue and start take, as learned; never above half of a walltime. */
    @Override
    public Duration launchLead() {
        Duration most = walltime.dividedBy(2);
        Duration lead = waits.lead();
        return lead.compareTo(most) < 0 ? lead : most;
    }

    /** Jobs go on: the next host adopts them. */
    @Override
    public void close() {
        closed.run();
    }

    private WorkerStatus status(String id, WorkerJob job, boolean stale) {
        return switch (job) {
            case WorkerJob.Waiting(var _, var reason) -> new WorkerStatus.Pending(reason);
            case WorkerJob.Submitting _ -> new WorkerStatus.Pending("being submitted");
            case WorkerJob.Unsure _ -> new WorkerStatus.Unknown(trouble);
            case WorkerJob.Listed(var seen, var missed) -> {
                if (isReady(id)) {
                    waits.ready(id, clock.instant());
                    yield running(seen, true);
                }
                if (stale || missed > 0) {
                    yield new WorkerStatus.Unknown(stale ? trouble : "not in Slurm's listing");
                }
                yield switch (seen.state().kind()) {
                    case QUEUED -> new WorkerStatus.Pending(pending(seen));
                    case RUNNING -> running(seen, false);
                    case ENDED, OTHER -> new WorkerStatus.Unknown(seen.describe());
                };
            }
            case WorkerJob.Ended(var message, var cause, var succeeded) ->
                    new WorkerStatus.Exited(
                            succeeded ? 0 : 1,
                            isReady(id),
                            message,
                            submission.files(id).logTail(),
                            cause);
        };
    }

    /** A shared folder is slow to look into: what was seen once is remembered. */
    private boolean isReady(String workerId) {
        if (ready.contains(workerId)) {
            return true;
        }
        boolean now = submission.files(workerId).isReady();
        if (now) {
            ready.add(workerId);
        }
        return now;
    }

    private WorkerStatus running(SlurmJob job, boolean ready) {
        String place = "job " + job.id() + (job.node().isEmpty() ? "" : " on " + job.node());
        Instant ends = job.state().kind() == JobState.Kind.RUNNING ? job.ends() : null;
        return new WorkerStatus.Running(place, ready, ends);
    }

    private String pending(SlurmJob job) {
        List<String> excluded = exclusions.at(clock.instant());
        return "job "
                + job.id()
                + ": "
                + (job.reason().equals("None") ? "in the queue" : job.reason())
                + (excluded.isEmpty() ? "" : ", without nodes " + String.join(", ", excluded));
    }

    /** At most one thing is asked at a time: ends first, then launches, then how things are. */
    private void askNext(Instant now) {
        if (asking) {
            return;
        }
        Map<Cancel, Collection<String>> cancels = table.nextCancels();
        if (!cancels.isEmpty()) {
            ask(() -> cancelAll(cancels));
        } else if (table.listedOnce() && !now.isBefore(nextSubmission)) {
            List<LaunchOrder> batch = table.nextBatch(batchSize);
            if (batch.isEmpty()) {
                list(now);
            } else {
                submit(batch, now);
            }
        } else {
            list(now);
        }
    }

    private void submit(List<LaunchOrder> batch, Instant now) {
        String script;
        try {
            script = submission.script(batch, exclusions.at(now));
        } catch (IllegalArgumentException e) {
            table.refused(batch, String.valueOf(e.getMessage()));
            return;
        }
        ask(
                () -> {
                    long id = slurm.submit(script);
                    return () -> {
                        table.submitted(batch, id, Submission.tag(batch));
                        batch.forEach(order -> waits.submitted(order.workerId(), now));
                        limits = 0;
                        soon();
                    };
                },
                e -> notSubmitted(batch, e));
    }

    private void notSubmitted(List<LaunchOrder> batch, SlurmException e) {
        switch (e.kind()) {
            case REFUSED -> table.refused(batch, e.text());
            case UNAVAILABLE -> {
                table.unsure(batch);
                unavailable(e);
            }
            case LIMIT -> {
                table.postponed(batch, "a limit of Slurm: " + e.text());
                if (batch.size() > 1) {
                    batchSize = Math.max(1, batch.size() / 2);
                } else {
                    nextSubmission = clock.instant().plus(growing(limits++));
                }
            }
        }
    }

    private Runnable cancelAll(Map<Cancel, Collection<String>> cancels) {
        cancels.forEach((how, jobs) -> slurm.cancel(jobs, how));
        return this::soon;
    }

    private void list(Instant now) {
        if (now.isBefore(nextListing)) {
            return;
        }
        ask(
                () -> {
                    List<SlurmJob> jobs = slurm.list();
                    return () -> heard(jobs);
                });
    }

    private void heard(List<SlurmJob> jobs) {
        heard = clock.instant();
        failures = 0;
        List<SlurmJob> missing = table.listed(jobs);
        jobs.forEach(this::lookAtNode);
        nextListing = heard.plus(table.inMotion() ? pacing.moving() : pacing.steady());
        if (!missing.isEmpty()) {
            ask(
                    () -> {
                        var found = new HashMap<SlurmJob, SlurmJob>();
                        missing.forEach(job -> slurm.find(job).ifPresent(f -> found.put(job, f)));
                        return () -> missing.forEach(job -> table.found(job, found.get(job)));
                    });
        }
    }

    private void lookAtNode(SlurmJob job) {
        boolean nodesFault =
                job.state() == JobState.NODE_FAIL
                        || job.state() == JobState.BOOT_FAIL
                        || job.state() == JobState.LAUNCH_FAILED
                        || (job.state() == JobState.FAILED && !isReady(job.workerId()));
        if (nodesFault
                && table.workers().containsKey(job.workerId())
                && toldFailed.add(job.id())
                && exclusions.failed(job.node(), clock.instant())) {
            LOG.log(
                    Level.WARNING,
                    "workers keep failing on node {0}: no new job goes there for half an hour",
                    job.node());
        }
    }

    private void unavailable(SlurmException e) {
        trouble = "Slurm does not answer: " + e.text();
        nextListing = clock.instant().plus(growing(failures++));
    }

    private Duration growing(int times) {
        Duration wait = pacing.moving().multipliedBy(1L << Math.min(times, 10));
        return wait.compareTo(pacing.longest()) < 0 ? wait : pacing.longest();
    }

    private void soon() {
        Instant soon = clock.instant().plus(pacing.moving().dividedBy(2));
        if (soon.isBefore(nextListing)) {
            nextListing = soon;
        }
    }

    /** Something that blocks; what it returns is done by the host's thread. */
    @FunctionalInterface
    private interface Question {
        Runnable ask();
    }

    /** What to do when a question went wrong. */
    @FunctionalInterface
    private interface Complaint {
        void about(SlurmException e);
    }

    private void ask(Question question) {
        ask(question, this::unavailable);
    }

    private void ask(Question question, Complaint complaint) {
        asking = true;
        executor.execute(
                () -> {
                    Runnable answer;
                    try {
                        answer = question.ask();
                    } catch (SlurmException e) {
                        answer = () -> complaint.about(e);
                    } catch (RuntimeException e) {
                        var wrapped =
                                new SlurmException(
                                        SlurmException.Kind.UNAVAILABLE, e.toString(), e);
                        answer = () -> complaint.about(wrapped);
                    }
                    Runnable news = answer;
                    answers.add(
                            () -> {
                                asking = false;
                                news.run();
                            });
                    changed.run();
                });
    }
}
