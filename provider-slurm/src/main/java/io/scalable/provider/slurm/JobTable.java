package io.scalable.provider.slurm;

import io.scalable.contracts.task.FailureClass;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.slurm.Slurm.Cancel;
import io.scalable.provider.slurm.WorkerJob.Ended;
import io.scalable.provider.slurm.WorkerJob.Listed;
import io.scalable.provider.slurm.WorkerJob.Submitting;
import io.scalable.provider.slurm.WorkerJob.Unsure;
import io.scalable.provider.slurm.WorkerJob.Waiting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of one deployment's workers: what was ordered, what Slurm says of it, what is still to
 * be asked. Pure; not thread-safe.
 */
final class JobTable {

    /** A job that so many listings in a row lack is gone. */
    private static final int MISSES = 2;

    private static final String IN_LINE = "to be submitted";

    private final String deploymentId;
    private final Map<String, WorkerJob> workers = new LinkedHashMap<>();
    private final Map<String, Cancel> wishes = new TreeMap<>();
    private final Set<String> doubles = new HashSet<>();
    private boolean listedOnce;

    JobTable(String deploymentId) {
        this.deploymentId = deploymentId;
    }

    /** Every worker's job, by the worker's id. */
    Map<String, WorkerJob> workers() {
        return Collections.unmodifiableMap(workers);
    }

    /** True once Slurm has been heard: before, workers of an earlier host may be missing. */
    boolean listedOnce() {
        return listedOnce;
    }

    /** A worker is wanted; asking twice changes nothing. */
    void add(LaunchOrder order) {
        workers.putIfAbsent(order.workerId(), new Waiting(order, IN_LINE));
    }

    /** A worker is not wanted any more. The stronger wish stays. */
    void cancel(String workerId, Cancel how) {
        switch (workers.get(workerId)) {
            case null -> {}
            case Waiting _ ->
                    workers.put(
                            workerId, new Ended("cancelled before it was submitted", null, false));
            case Ended _ -> {}
            case Submitting _, Unsure _, Listed _ ->
                    wishes.merge(workerId, how, (a, b) -> a.compareTo(b) > 0 ? a : b);
        }
    }

    void forget(String workerId) {
        workers.remove(workerId);
        wishes.remove(workerId);
    }

    /**
     * The next workers to submit together, which are under way from now on: of one component, with
     * ordinals in a row.
     */
    List<LaunchOrder> nextBatch(int limit) {
        var batch = new ArrayList<LaunchOrder>();
        for (WorkerJob job : workers.values()) {
            if (job instanceof Waiting(var order, var _)
                    && batch.size() < limit
                    && (batch.isEmpty() || follows(batch.getLast(), order))) {
                batch.add(order);
            }
        }
        batch.forEach(order -> workers.put(order.workerId(), new Submitting(order)));
        return batch;
    }

    private static boolean follows(LaunchOrder last, LaunchOrder next) {
        return next.component().equals(last.component()) && next.ordinal() == last.ordinal() + 1;
    }

    /** Slurm has the batch. */
    void submitted(List<LaunchOrder> batch, long arrayId, JobTag tag) {
        for (int i = 0; i < batch.size(); i++) {
            var job = new SlurmJob(arrayId, i, tag, JobState.PENDING, "None", "", null, null, null);
            workers.replace(batch.get(i).workerId(), new Listed(job, 0));
        }
    }

    /** Nothing of the batch was submitted; it waits for {@code reason}. */
    void postponed(List<LaunchOrder> batch, String reason) {
        for (LaunchOrder order : batch) {
            workers.replace(order.workerId(), new Waiting(order, reason));
            if (wishes.remove(order.workerId()) != null) {
                cancel(order.workerId(), Cancel.PENDING);
            }
        }
    }

    /** Nothing of the batch was submitted, and nothing will be. */
    void refused(List<LaunchOrder> batch, String reason) {
        batch.forEach(order -> workers.replace(order.workerId(), new Ended(reason, null, false)));
    }

    /** Nobody knows whether the batch was submitted. */
    void unsure(List<LaunchOrder> batch) {
        batch.forEach(order -> workers.replace(order.workerId(), new Unsure(order)));
    }

    /**
     * Takes a whole listing in that began after everything so far had been answered.
     *
     * @return jobs that it lacks, to be asked for one by one; answers come by {@link #found}
     */
    List<SlurmJob> listed(List<SlurmJob> listing) {
        Map<String, SlurmJob> seen = ours(listing);
        var missing = new ArrayList<SlurmJob>();
        for (String id : List.copyOf(workers.keySet())) {
            SlurmJob now = seen.remove(id);
            switch (workers.get(id)) {
                case null -> {}
                case Ended _, Waiting _, Submitting _ -> {}
                case Unsure(var order) ->
                        workers.put(id, now == null ? new Waiting(order, IN_LINE) : after(now));
                case Listed(var job, var missed) -> {
                    if (now == null) {
                        workers.put(id, new Listed(job, missed + 1));
                        missing.add(job);
                    } else {
                        workers.put(id, after(now));
                    }
                }
            }
        }
        // What nobody ordered here was ordered by an earlier host. What has ended was forgotten.
        seen.values().stream()
                .filter(job -> !job.ended() || !listedOnce)
                .forEach(job -> workers.put(job.workerId(), after(job)));
        listedOnce = true;
        return missing;
    }

    /** What became of a job that the listing lacks; null if nobody knows. */
    void found(SlurmJob missing, @Nullable SlurmJob now) {
        String id = missing.workerId();
        if (!(workers.get(id) instanceof Listed(var job, var missed))) {
            return;
        }
        if (now != null && now.ended()) {
            workers.put(id, after(now));
        } else if (now == null && missed >= MISSES) {
            workers.put(
                    id,
                    new Ended(
                            job.describe() + ", and no longer known to Slurm",
                            FailureClass.NODE_FAILURE,
                            false));
        }
    }

    private static WorkerJob after(SlurmJob job) {
        return job.ended()
                ? new Ended(job.describe(), job.state().cause(), job.state() == JobState.COMPLETED)
                : new Listed(job, 0);
    }

    /** This deployment's jobs by worker. Of two for one worker the older counts. */
    private Map<String, SlurmJob> ours(List<SlurmJob> listing) {
        var seen = new LinkedHashMap<String, SlurmJob>();
        listing.stream()
                .filter(job -> job.tag().deploymentId().equals(deploymentId))
                .sorted(Comparator.comparing(SlurmJob::ended).thenComparingLong(SlurmJob::arrayId))
                .forEach(
                        job -> {
                            if (seen.putIfAbsent(job.workerId(), job) != null && !job.ended()) {
                                doubles.add(job.id());
                            }
                        });
        return seen;
    }

    /** The jobs to cancel now, by manner; each is asked for once. */
    Map<Cancel, Collection<String>> nextCancels() {
        var out = new EnumMap<Cancel, Collection<String>>(Cancel.class);
        if (!doubles.isEmpty()) {
            out.put(Cancel.KILL, new ArrayList<>(doubles));
            doubles.clear();
        }
        for (var wish : new HashMap<>(wishes).entrySet()) {
            if (workers.get(wish.getKey()) instanceof Listed(var job, var _)) {
                out.computeIfAbsent(wish.getValue(), _ -> new ArrayList<>()).add(job.id());
                wishes.remove(wish.getKey());
            } else if (workers.get(wish.getKey()) instanceof Ended) {
                wishes.remove(wish.getKey());
            }
        }
        return out;
    }

    /** True if anything waits for a change: then it is worth looking often. */
    boolean inMotion() {
        return workers.values().stream()
                .anyMatch(
                        job ->
                                switch (job) {
                                    case Listed(var seen, var missed) ->
                                            missed > 0
                                                    || seen.state().kind() == JobState.Kind.QUEUED;
                                    case Submitting _, Unsure _ -> true;
                                    case Waiting _, Ended _ -> false;
                                });
    }
}
