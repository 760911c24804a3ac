package io.scalable.simulation;

import io.scalable.contracts.task.TaskEvent.WorkerLost;
import io.scalable.contracts.worker.Assignment.LeaseGranted;
import io.scalable.contracts.worker.Assignment.LeaseRevoked;
import io.scalable.contracts.worker.WorkerReport.AttemptStarted;
import io.scalable.dispatcher.domain.Decision;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * While a worker runs the newest attempt of a task, and the dispatcher has had to read that it
 * does, the task is given to nobody, unless that worker is lost, or was when it took the lease, or
 * its lease is revoked.
 */
final class NoAttemptBesideARunningOne implements Invariant {

    private record Started(AttemptStarted report, long at) {}

    private final Map<String, Started> started = new HashMap<>();
    private final Map<String, Integer> newest = new HashMap<>();
    private final Map<String, String> holders = new HashMap<>();

    @Override
    public void appended(World world, Log.Entry record) {
        if (record.value() instanceof AttemptStarted report
                && report.attempt() >= newest.getOrDefault(report.taskId(), 0)) {
            started.put(report.taskId(), new Started(report, record.at()));
        }
    }

    @Override
    public void decided(World world, Decision decision) {
        for (var event : decision.events()) {
            if (event instanceof WorkerLost lost) {
                lost(lost.workerId());
            }
        }
        for (Decision.Addressed addressed : decision.assignments()) {
            switch (addressed.assignment()) {
                case LeaseRevoked revoked ->
                        started.computeIfPresent(
                                revoked.taskId(),
                                (_, s) ->
                                        s.report().workerId().equals(revoked.workerId())
                                                ? null
                                                : s);
                case LeaseGranted lease -> granted(world, lease);
                default -> {}
            }
        }
    }

    /** What it holds is written off, whatever it says of it later. */
    private void lost(String worker) {
        started.values().removeIf(s -> s.report().workerId().equals(worker));
        holders.forEach(
                (task, holder) -> {
                    if (holder.equals(worker)) {
                        newest.merge(task, 1, Integer::sum);
                    }
                });
        holders.values().removeIf(worker::equals);
    }

    private void granted(World world, LeaseGranted lease) {
        holders.put(lease.taskId(), lease.workerId());
        Started known = started.remove(lease.taskId());
        newest.merge(lease.taskId(), lease.attempt(), Math::max);
        if (known != null
                && known.at() < world.dispatcher.knowsUpTo()
                && runs(world.backend.job(known.report().workerId()), known.report())) {
            throw broken(
                    lease.taskId()
                            + " is leased to "
                            + lease.workerId()
                            + ", and runs since "
                            + known);
        }
    }

    private static boolean runs(PlayedBackend.@Nullable Job job, AttemptStarted report) {
        PlayedWorker worker = job == null ? null : job.worker;
        return worker != null && worker.runs(report.taskId(), report.attempt());
    }
}
