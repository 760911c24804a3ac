package io.scalable.dispatcher.domain;

import io.scalable.contracts.worker.WorkerReport.AttemptFinished;
import io.scalable.dispatcher.domain.WorkerEntry.Phase;
import java.util.List;

/** What a machine does that was built again from its rows; {@link Recovery} says when. */
final class Recovering {

    private Recovering() {}

    /** The inputs are read again from here on. */
    static void begin(Turn t) {
        t.recovery.begin();
        giveEverybodyTime(t);
        for (WorkerEntry worker : t.state.workers.all()) {
            if (worker.phase() == Phase.GONE || worker.phase() == Phase.LOST) {
                t.state.departures.note(worker.workerId(), t.now);
            }
        }
        Endings.announcePending(t);
        Submissions.queueFreed(t);
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
                t.state.liveness.seen(worker.workerId(), t.now);
            }
        }
    }
}
