package io.scalable.provider.slurm;

import io.scalable.provider.platform.Platform.Ending;
import io.scalable.provider.platform.PlatformException;
import io.scalable.provider.platform.PlatformException.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Slurm that is only remembered, with failures as scripted. Reads the directives of the scripts
 * that it is given as sbatch does. Thread-safe.
 */
final class FakeSlurm implements Slurm {

    private static final Pattern ARRAY = Pattern.compile("#SBATCH --array=0-(\\d+)");
    private static final Pattern COMMENT = Pattern.compile("#SBATCH --comment=(\\S+)");

    /** How a job's worker takes it. */
    interface Workers {
        /** The job started. */
        default void started(SlurmJob job) {}

        /** True if the worker goes when it is asked to. */
        default boolean obeys(SlurmJob job) {
            return true;
        }
    }

    private final Map<String, SlurmJob> jobs = new LinkedHashMap<>();
    private final Map<String, SlurmJob> accounting = new HashMap<>();
    private final List<String> scripts = new ArrayList<>();
    private final Set<String> rewritten = new HashSet<>();
    private final List<String> calls = new ArrayList<>();
    private final Workers workers;
    private long nextId = 1;
    private int submitLimit = Integer.MAX_VALUE;
    private boolean down;
    private boolean loseAnswers;
    private boolean startAtOnce = true;
    private boolean listsNothing;
    private @Nullable String oddAnswer;
    private String queueReason = "Priority";

    FakeSlurm(Workers workers) {
        this.workers = workers;
    }

    /** No more than {@code limit} jobs alive, as a QOS may have it. */
    synchronized void submitLimit(int limit) {
        submitLimit = limit;
    }

    /** slurmctld does not answer. */
    synchronized void down(boolean value) {
        down = value;
    }

    /** sbatch submits, but its answer does not come. */
    synchronized void loseAnswers(boolean value) {
        loseAnswers = value;
    }

    /** Jobs stay in the queue, for {@code reason}, until they are {@link #start started}. */
    synchronized void keepInQueue(String reason) {
        startAtOnce = false;
        queueReason = reason;
    }

    /** squeue succeeds and says nothing. */
    synchronized void listNothing(boolean value) {
        listsNothing = value;
    }

    /** sbatch fails with these words; nothing is submitted. */
    synchronized void answerOddly(@Nullable String error) {
        oddAnswer = error;
    }

    /** The site rewrites the comment and the name of a worker's job. */
    synchronized void rewriteTag(String workerId) {
        rewritten.add(job(workerId).id());
    }

    synchronized void start(String workerId) {
        put(workerId, JobState.RUNNING, "None");
        workers.started(job(workerId));
    }

    /** The job of a worker ends so; it stays in the listing. */
    synchronized void end(String workerId, JobState state) {
        put(workerId, state, state.name());
    }

    /** The job runs on another node than the first. */
    synchronized void moveTo(String workerId, String node) {
        SlurmJob old = job(workerId);
        jobs.put(
                workerId,
                new SlurmJob(
                        old.arrayId(),
                        old.index(),
                        old.tag(),
                        old.state(),
                        old.reason(),
                        node,
                        old.submitted(),
                        old.started(),
                        old.ends()));
    }

    /** The listing lacks the job from now on; accounting remembers {@code state}. */
    synchronized void vanish(String workerId, JobState state) {
        end(workerId, state);
        SlurmJob job = job(workerId);
        accounting.put(job.id(), job);
        jobs.remove(workerId);
    }

    /** Nobody remembers the job. */
    synchronized void forgetCompletely(String workerId) {
        jobs.remove(workerId);
    }

    synchronized List<String> alive() {
        return jobs.entrySet().stream()
                .filter(job -> !job.getValue().ended())
                .map(Map.Entry::getKey)
                .toList();
    }

    synchronized List<String> scripts() {
        return List.copyOf(scripts);
    }

    /** The names of the calls so far. */
    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    @Override
    public synchronized long submit(String script) {
        called("submit");
        if (oddAnswer != null) {
            throw SlurmErrors.failed("sbatch", 1, oddAnswer);
        }
        Matcher array = ARRAY.matcher(script);
        Matcher comment = COMMENT.matcher(script);
        if (!array.find() || !comment.find()) {
            throw new PlatformException(Kind.REFUSED, "sbatch: no array or comment", null);
        }
        int count = Integer.parseInt(array.group(1)) + 1;
        if (alive().size() + count > submitLimit) {
            throw SlurmErrors.failed(
                    "sbatch",
                    1,
                    "sbatch: error: QOSMaxSubmitJobPerUserLimit\n"
                        + "sbatch: error: Batch job submission failed: Job violates accounting/QOS"
                        + " policy");
        }
        scripts.add(script);
        long id = nextId++;
        JobTag tag = JobTag.parse(comment.group(1)).orElseThrow();
        for (int i = 0; i < count; i++) {
            var job =
                    new SlurmJob(
                            id,
                            i,
                            tag,
                            JobState.PENDING,
                            queueReason,
                            "",
                            Instant.now(),
                            null,
                            null);
            // Two jobs for one worker would be a second key here.
            String worker = tag.workerId(i);
            jobs.merge(
                    worker,
                    job,
                    (_, _) -> {
                        throw new IllegalStateException("submitted twice: " + worker);
                    });
            if (startAtOnce) {
                start(worker);
            }
        }
        if (loseAnswers) {
            throw new PlatformException(Kind.UNREACHABLE, "sbatch: Socket timed out", null);
        }
        return id;
    }

    @Override
    public synchronized List<SlurmJob> list() {
        called("list");
        return listsNothing ? List.of() : jobs.values().stream().map(this::shown).toList();
    }

    private SlurmJob shown(SlurmJob job) {
        return rewritten.contains(job.id())
                ? new SlurmJob(
                        job.arrayId(),
                        job.index(),
                        null,
                        job.state(),
                        job.reason(),
                        job.node(),
                        job.submitted(),
                        job.started(),
                        job.ends())
                : job;
    }

    /** Accounting keeps no comments, and here no names either. */
    @Override
    public synchronized List<SlurmJob> find(Collection<String> ids) {
        called("find");
        return ids.stream()
                .map(accounting::get)
                .filter(Objects::nonNull)
                .map(
                        job -> {
                            rewritten.add(job.id());
                            return shown(job);
                        })
                .toList();
    }

    @Override
    public synchronized void end(Collection<String> ids, Ending how) {
        called("end");
        for (var entry : List.copyOf(jobs.entrySet())) {
            SlurmJob job = entry.getValue();
            String worker = entry.getKey();
            if (ids.contains(job.id()) && !job.ended()) {
                boolean waits = job.state() == JobState.PENDING;
                if (waits || how == Ending.KILL) {
                    put(worker, JobState.CANCELLED, "None");
                } else if (workers.obeys(job)) {
                    put(worker, JobState.FAILED, "NonZeroExitCode");
                }
            }
        }
    }

    private void called(String name) {
        calls.add(name);
        if (down) {
            throw SlurmErrors.failed(
                    name,
                    1,
                    "slurm_load_jobs error: Unable to contact slurm controller (connect failure)");
        }
    }

    private SlurmJob job(String workerId) {
        return Optional.ofNullable(jobs.get(workerId)).orElseThrow();
    }

    private void put(String workerId, JobState state, String reason) {
        SlurmJob old = job(workerId);
        jobs.put(
                workerId,
                new SlurmJob(
                        old.arrayId(),
                        old.index(),
                        old.tag(),
                        state,
                        reason,
                        state == JobState.PENDING
                                        || old.node().isEmpty() && state == JobState.CANCELLED
                                ? ""
                                : "n1",
                        old.submitted(),
                        old.started(),
                        old.ends()));
    }
}
