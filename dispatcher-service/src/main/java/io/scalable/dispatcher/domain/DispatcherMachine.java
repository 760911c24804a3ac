package io.scalable.dispatcher.domain;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.task.TaskCommand;
import io.scalable.contracts.task.TaskCommand.CancelAll;
import io.scalable.contracts.task.TaskCommand.CancelTask;
import io.scalable.contracts.task.TaskCommand.ResultsWanted;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.worker.WorkerReport;
import io.scalable.contracts.worker.WorkerReport.AttemptFinished;
import io.scalable.contracts.worker.WorkerReport.AttemptStarted;
import io.scalable.contracts.worker.WorkerReport.WorkerHeartbeat;
import io.scalable.contracts.worker.WorkerReport.WorkerLeft;
import io.scalable.contracts.worker.WorkerReport.WorkerReady;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The owner of one deployment's tasks. Deterministic: the same commands at the same times give the
 * same decisions. Not thread-safe.
 */
public final class DispatcherMachine {

    private final String deploymentId;
    private final Rules rules;
    private DeploymentState state;
    private @Nullable Instant demandSent;
    private final Recovery recovery = new Recovery();

    private DispatcherMachine(String deploymentId, Rules rules, DeploymentState state) {
        this.deploymentId = deploymentId;
        this.rules = rules;
        this.state = state;
    }

    /** The machine of a deployment that nothing is known of. */
    public static DispatcherMachine fresh(String deploymentId, Rules rules) {
        return new DispatcherMachine(deploymentId, rules, new DeploymentState(deploymentId, rules));
    }

    /** The machine whose rows these are; must be told {@link Command.Recovered} first. */
    public static DispatcherMachine of(String deploymentId, Rules rules, Stream<Row> rows) {
        return new DispatcherMachine(
                deploymentId, rules, DeploymentState.of(deploymentId, rows, rules));
    }

    /** The indexes in words, so that two machines can be compared. */
    public String fingerprint() {
        return state.describe();
    }

    /** Decides a command. The machine has changed when this returns; the rest is the caller's. */
    public Decision decide(Command command, Instant now) {
        var turn = new Turn(deploymentId, state, rules, recovery, now);
        if (state.deployment() == null && !(command instanceof Command.Tick)) {
            turn.put(DeploymentEntry.unknown(deploymentId, now));
        }
        if (ended() && !(command instanceof Command.Declared)) {
            afterTheEnd(turn, command);
            return turn.decision(null);
        }
        obey(turn, command);
        if (command instanceof Command.Ended) {
            return turn.decision(null);
        }
        if (recovery.endsNow(now)) {
            Recovering.touchAll(turn);
        }
        if (recovery.over()) {
            Leasing.fill(turn);
        }
        Archive.shrink(turn);
        return turn.decision(command instanceof Command.Tick ? demandIfDue(now) : null);
    }

    /** The published spec; null before, and after the end. */
    public @Nullable DeploymentSpec spec() {
        return state.spec();
    }

    /** True if nothing is left to remember. */
    public boolean empty() {
        return state.deployment() == null;
    }

    /** Everything that is to be kept of this machine. */
    public Stream<Row> rows() {
        return state.rows();
    }

    private void obey(Turn turn, Command command) {
        switch (command) {
            case Command.Declared declared -> declare(turn, declared.spec());
            case Command.Ended _ -> state = DeploymentEnd.end(turn);
            case Command.Asked asked -> ask(turn, asked.command());
            case Command.Reported reported -> report(turn, reported.report());
            case Command.Planned planned -> Draining.planned(turn, planned.plan());
            case Command.LifecycleSeen seen -> Workers.lifecycle(turn, seen.lifecycle());
            case Command.ResultsWritten written -> Endings.written(turn, written.taskIds());
            case Command.ResultsLost _ -> Endings.announcePending(turn);
            case Command.Recovered _ -> Recovering.begin(turn);
            case Command.ResultAccepted accepted -> Recovering.adopt(turn, accepted.result());
            case Command.CaughtUp _ -> Recovering.caughtUp(turn);
            case Command.Tick tick -> tick(turn, tick.readTo());
        }
    }

    private void declare(Turn turn, DeploymentSpec spec) {
        DeploymentEntry known = state.deployment();
        DeploymentEntry entry =
                known == null ? DeploymentEntry.unknown(deploymentId, turn.now) : known;
        turn.put(entry.declared(spec));
        if (entry.spec() == null) {
            Endings.announcePending(turn);
        }
        Submissions.placeParked(turn, spec);
        Submissions.leaveLostPools(turn);
        Draining.drainExcess(turn);
        spec.components().forEach(c -> turn.touch(c.name()));
    }

    private static void ask(Turn turn, TaskCommand command) {
        switch (command) {
            case SubmitTask submit -> Submissions.submit(turn, submit);
            case CancelTask cancel -> Cancellations.cancel(turn, cancel);
            case CancelAll cancel -> Cancellations.cancelAll(turn, cancel);
            case ResultsWanted wanted -> Endings.answer(turn, wanted);
        }
    }

    private static void report(Turn turn, WorkerReport report) {
        if (!(report instanceof AttemptStarted || report instanceof AttemptFinished)) {
            turn.recovery.heard(report.workerId());
        }
        switch (report) {
            case WorkerReady ready -> Workers.ready(turn, ready);
            case WorkerHeartbeat beat -> Heartbeats.heard(turn, beat);
            case AttemptStarted started -> Attempts.started(turn, started);
            case AttemptFinished finished -> Attempts.finished(turn, finished);
            case WorkerLeft left -> Workers.left(turn, left);
        }
    }

    private void tick(Turn turn, @Nullable Instant readTo) {
        DeploymentEntry known = state.deployment();
        if (known != null && known.spec() == null && old(known.firstSeen(), turn.now)) {
            DeploymentEnd.tellNeverPublished(turn);
            state = DeploymentEnd.forget(turn);
            return;
        }
        if (readTo != null) {
            state.liveness.readTo(readTo);
        }
        if (!recovery.reading()) {
            Workers.loseSilent(turn);
            Workers.forgetGone(turn);
            Draining.drainExcess(turn);
        }
        if (recovery.over() && state.liveness.upToDate(turn.now)) {
            Leasing.takeBack(turn);
        }
    }

    private boolean ended() {
        DeploymentEntry known = state.deployment();
        return known != null && known.endedAt() != null;
    }

    private void afterTheEnd(Turn turn, Command command) {
        DeploymentEntry known = state.deployment();
        if (command instanceof Command.Asked(SubmitTask task)) {
            turn.refuse(
                    "deployment "
                            + deploymentId
                            + " has ended; deploy it again, then submit task "
                            + task.taskId()
                            + " again");
        }
        boolean tick = command instanceof Command.Tick;
        if (tick && known != null && known.endedAt() != null && old(known.endedAt(), turn.now)) {
            state = DeploymentEnd.forget(turn);
        }
    }

    private boolean old(Instant then, Instant now) {
        return Duration.between(then, now).compareTo(rules.endedKept()) > 0;
    }

    private @Nullable PoolDemand demandIfDue(Instant now) {
        DeploymentSpec spec = state.spec();
        Duration wait = state.board.changed() ? rules.demandEvery() : rules.demandAtLeast();
        boolean due = demandSent == null || Duration.between(demandSent, now).compareTo(wait) >= 0;
        if (spec == null || !due) {
            return null;
        }
        PoolDemand line = new DemandLine(state, now).write(spec);
        state.board.lineWritten();
        demandSent = now;
        return line;
    }
}
