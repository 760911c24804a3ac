package io.scalable.dispatcher.domain;

import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.worker.WorkerReport.AttemptFinished;
import io.scalable.dispatcher.domain.Row.TaskSpec;
import io.scalable.dispatcher.domain.WorkerEntry.Phase;
import java.util.List;

/** What a machine does that was built again from its rows; {@link Recovery} says when. */
final class Recovering {

    private Recovering() {}

    /** The inputs are read again from here on. */
    static void begin(Turn t) {
        t.recovery.begin();
        dropSpecsOfEnded(t);
        giveEverybodyTime(t);
        for (WorkerEntry worker : t.state.workers.all()) {
            if (worker.phase() == Phase.GONE || worker.phase() == Phase.LOST) {
                t.state.departures.note(worker.workerId(), t.now);
            }
        }
        Endings.announcePending(t);
        Submissions.skipHopeless(t);
        Submissions.queueFreed(t);
    }

    /** Rows are written one by one: the dispatcher before may have died between two of them. */
    private static void dropSpecsOfEnded(Turn t) {
        for (SubmitTask spec : List.copyOf(t.state.tasks.specs())) {
            TaskEntry entry = t.state.tasks.get(spec.taskId());
            if (entry != null && entry.over()) {
                t.drop(new TaskSpec(spec));
            }
        }
    }

    /** The task has ended as its result says; one that is not known yet will have when it comes. */
    static void adopt(Turn t, TaskResult accepted) {
        TaskEntry entry = t.state.tasks.get(accepted.taskId());
        if (entry == null) {
            t.recovery.accepted(accepted);
        } else if (!entry.over()) {
            Cancellations.revoke(t, entry);
            Endings.adopt(t, entry, accepted);
        }
    }

    /** Takes up the reports that came before their tasks, and waits for everybody's heartbeat. */
    static void caughtUp(Turn t) {
        List<WorkerEntry> listening =
                t.state.workers.all().stream().filter(WorkerEntry::listening).toList();
        List<AttemptFinished> late =
                t.recovery.caughtUp(
                        listening.stream().map(WorkerEntry::workerId).toList(),
                        t.now.plus(t.rules.claimWithin()));
        late.forEach(report -> Attempts.finished(t, report));
        giveEverybodyTime(t);
        for (TaskEntry entry : List.copyOf(t.state.tasks.all())) {
            if (entry.status() instanceof TaskStatus.Held held) {
                WorkerEntry holder = t.state.workers.get(held.workerId());
                if (holder == null || !holder.listening()) {
                    Attempts.handBack(t, entry);
                }
            }
        }
    }

    /** It is over: whatever waits may be leased now. */
    static void touchAll(Turn t) {
        var spec = t.state.spec();
        if (spec != null) {
            spec.components().forEach(c -> t.touch(c.name()));
        }
    }

    private static void giveEverybodyTime(Turn t) {
        for (WorkerEntry worker : t.state.workers.all()) {
            if (worker.listening()) {
                t.state.liveness.seen(worker.workerId());
            }
        }
    }
}
