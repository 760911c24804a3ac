package io.scalable.dispatcher.messaging;

import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.dispatcher.domain.DeploymentEntry;
import io.scalable.dispatcher.domain.DurationStats;
import io.scalable.dispatcher.domain.Row;
import io.scalable.dispatcher.domain.TaskAccount;
import io.scalable.dispatcher.domain.TaskEntry;
import io.scalable.dispatcher.domain.TaskStatus;
import io.scalable.dispatcher.domain.WorkerEntry;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns rows into what is stored and back. */
final class RowMapping {

    private static final JsonCodec<RowRecord> CODEC = JsonCodec.of(RowRecord.class);
    private static final int V = RowRecord.VERSION;

    private RowMapping() {}

    static byte[] encode(Row row) {
        return CODEC.encode(record(row));
    }

    /**
     * Reads a stored row.
     *
     * @throws InvalidRecordException if it is damaged, or was written by a later release
     */
    static Row decode(byte[] stored) {
        RowRecord record = CODEC.decode(stored);
        if (record.version() < 1 || record.version() > V) {
            throw new InvalidRecordException(
                    "a row of format %d: this release reads 1 to %d; run the release that wrote it"
                            .formatted(record.version(), V),
                    null);
        }
        try {
            return row(record);
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new InvalidRecordException("a damaged row: " + e.getMessage(), e);
        }
    }

    private static RowRecord record(Row row) {
        return switch (row) {
            case DeploymentEntry d ->
                    new RowRecord.Deployment(
                            V,
                            d.deploymentId(),
                            d.firstSeen(),
                            d.spec(),
                            d.plan(),
                            d.endedAt(),
                            d.createdAt());
            case TaskEntry t ->
                    new RowRecord.Task(
                            V,
                            t.taskId(),
                            t.task(),
                            t.component(),
                            t.index(),
                            t.sequence(),
                            t.priority(),
                            t.digest(),
                            status(t.status()),
                            t.queuedAt(),
                            account(t.account()));
            case Row.TaskSpec s -> new RowRecord.Spec(V, s.submitted());
            case Row.KeptResult r ->
                    new RowRecord.Result(V, r.taskId(), r.task(), r.sequence(), r.payload());
            case Row.PendingResult p -> new RowRecord.PendingResult(V, p.taskId());
            case WorkerEntry w ->
                    new RowRecord.Worker(
                            V,
                            w.workerId(),
                            w.component(),
                            w.phase().name(),
                            w.slots(),
                            w.partition(),
                            w.endsAt(),
                            w.requestedAt(),
                            w.startedAt(),
                            w.readyAt());
            case Row.PoolStarts p -> new RowRecord.Starts(V, p.component(), p.failures());
            case Row.CancelledAhead c -> new RowRecord.CancelledAhead(V, c.taskId(), c.reason());
            case Row.Outcomes o -> new RowRecord.Outcomes(V, o.task(), o.chunk(), o.states());
            case Row.OutcomeOf o -> new RowRecord.OutcomeOf(V, o.taskId(), o.sequence(), o.state());
            case Row.EndedTasks e ->
                    new RowRecord.EndedTasks(
                            V,
                            e.component(),
                            e.task(),
                            e.counts(),
                            new RowRecord.Durations(
                                    e.durations().count(),
                                    e.durations().mean(),
                                    e.durations().squares(),
                                    e.durations().recent()),
                            e.lastSequence());
        };
    }

    /** The first release did not keep it. */
    private static @Nullable Instant createdAt(RowRecord.Deployment d) {
        DeploymentSpec spec = d.spec();
        return d.createdAt() == null && spec != null ? spec.createdAt() : d.createdAt();
    }

    private static Row row(RowRecord record) {
        return switch (record) {
            case RowRecord.Deployment d ->
                    new DeploymentEntry(
                            d.deploymentId(),
                            d.firstSeen(),
                            d.spec(),
                            d.plan(),
                            createdAt(d),
                            d.endedAt());
            case RowRecord.Task t ->
                    new TaskEntry(
                            t.taskId(),
                            t.task(),
                            t.component(),
                            t.index(),
                            t.sequence(),
                            t.priority(),
                            t.digest(),
                            status(t.status()),
                            t.queuedAt(),
                            account(t.account()));
            case RowRecord.Spec s -> new Row.TaskSpec(s.submitted());
            case RowRecord.Result r ->
                    new Row.KeptResult(r.taskId(), r.task(), r.sequence(), r.payload());
            case RowRecord.PendingResult p -> new Row.PendingResult(p.taskId());
            case RowRecord.Worker w ->
                    new WorkerEntry(
                            w.workerId(),
                            w.component(),
                            WorkerEntry.Phase.valueOf(w.phase()),
                            w.slots(),
                            w.partition(),
                            w.endsAt(),
                            w.requestedAt(),
                            w.startedAt(),
                            w.readyAt());
            case RowRecord.Starts p -> new Row.PoolStarts(p.component(), p.failures());
            case RowRecord.CancelledAhead c -> new Row.CancelledAhead(c.taskId(), c.reason());
            case RowRecord.Outcomes o -> new Row.Outcomes(o.task(), o.chunk(), o.states());
            case RowRecord.OutcomeOf o -> new Row.OutcomeOf(o.taskId(), o.sequence(), o.state());
            case RowRecord.EndedTasks e ->
                    new Row.EndedTasks(
                            e.component(),
                            e.task(),
                            e.counts(),
                            new DurationStats(
                                    e.durations().count(),
                                    e.durations().mean(),
                                    e.durations().squares(),
                                    e.durations().recent()),
                            e.lastSequence());
        };
    }

    private static RowRecord.Status status(TaskStatus status) {
        return switch (status) {
            case TaskStatus.Parked _ -> open("parked", null, null, null);
            case TaskStatus.Blocked _ -> open("blocked", null, null, null);
            case TaskStatus.Queued q -> open("queued", q.since(), null, null);
            case TaskStatus.Leased l -> open("leased", l.since(), l.workerId(), null);
            case TaskStatus.Running r -> open("running", r.since(), r.workerId(), doubt(r.doubt()));
            case TaskStatus.Ended e ->
                    new RowRecord.Status(
                            "ended",
                            e.at(),
                            null,
                            e.outcome(),
                            e.reason(),
                            e.durationSeconds(),
                            e.reference(),
                            null);
        };
    }

    private static RowRecord.Status open(
            String is,
            @Nullable Instant since,
            @Nullable String worker,
            RowRecord.@Nullable Doubt doubt) {
        return new RowRecord.Status(is, since, worker, null, null, null, null, doubt);
    }

    private static RowRecord.@Nullable Doubt doubt(TaskStatus.@Nullable Doubt d) {
        return d == null ? null : new RowRecord.Doubt(d.failure(), d.seconds(), d.since());
    }

    private static TaskStatus.@Nullable Doubt doubt(RowRecord.@Nullable Doubt d) {
        return d == null ? null : new TaskStatus.Doubt(d.failure(), d.seconds(), d.since());
    }

    private static RowRecord.Account account(TaskAccount a) {
        return new RowRecord.Account(
                a.attempts(),
                a.retriesSpent(),
                a.workersLost(),
                a.stalled(),
                a.longestSeconds(),
                a.untaken(),
                a.failures(),
                a.startedAt(),
                a.workerId());
    }

    private static TaskAccount account(RowRecord.Account a) {
        return new TaskAccount(
                a.attempts(),
                a.retriesSpent(),
                a.workersLost(),
                a.stalled(),
                a.longestSeconds(),
                a.untaken(),
                a.failures(),
                a.startedAt(),
                a.workerId());
    }

    private static TaskStatus status(RowRecord.Status s) {
        return switch (s.is()) {
            case "parked" -> new TaskStatus.Parked();
            case "blocked" -> new TaskStatus.Blocked();
            case "queued" -> new TaskStatus.Queued(there(s.since()));
            case "leased" -> new TaskStatus.Leased(there(s.workerId()), there(s.since()));
            case "running" ->
                    new TaskStatus.Running(there(s.workerId()), there(s.since()), doubt(s.doubt()));
            case "ended" ->
                    new TaskStatus.Ended(
                            there(s.outcome()),
                            there(s.since()),
                            s.reason(),
                            s.durationSeconds(),
                            s.reference());
            default -> throw new IllegalArgumentException("a task that is '" + s.is() + "'");
        };
    }

    private static <T> T there(@Nullable T value) {
        return Objects.requireNonNull(value, "a field of a status is missing");
    }
}
