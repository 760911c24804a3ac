package io.scalable.dispatcher.domain;

import io.scalable.contracts.Payload;
import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.TaskCommand.ResultsWanted;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.task.TaskState;
import io.scalable.dispatcher.domain.Row.KeptResult;
import io.scalable.dispatcher.domain.Row.PendingResult;
import io.scalable.dispatcher.domain.Row.TaskSpec;
import io.scalable.dispatcher.domain.TaskStatus.Ended;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How tasks end, and what that means for the tasks that need them. */
final class Endings {

    private Endings() {}

    /** The attempt ended well {@code at}, by the dispatcher's clock. */
    static void succeed(Turn t, TaskEntry entry, Payload result, double seconds, Instant at) {
        Payload reference = result.isReference() ? result : null;
        close(t, entry, new Ended(TaskState.SUCCEEDED, at, null, seconds, reference), result);
        Submissions.queueFreed(t);
    }

    /** The last failure on the entry's account is final. */
    static void fail(Turn t, TaskEntry entry) {
        endBadly(t, entry, TaskState.FAILED, null);
    }

    /** Fails for a reason that no attempt had. */
    static void fail(Turn t, TaskEntry entry, Failure failure) {
        fail(t, entry.with(entry.account().failed(failure)));
    }

    /** Too many workers were lost under the task: the last failure on its account says it. */
    static void deadLetter(Turn t, TaskEntry entry) {
        endBadly(t, entry, TaskState.DEAD_LETTERED, null);
    }

    /** The task is given up for a reason that no single attempt had. */
    static void deadLetter(Turn t, TaskEntry entry, Failure failure) {
        deadLetter(t, entry.with(entry.account().failed(failure)));
    }

    static void cancel(Turn t, TaskEntry entry, String reason) {
        endBadly(t, entry, TaskState.CANCELLED, reason);
    }

    /** The task cannot run because the task {@code because} did not succeed. */
    static void skip(Turn t, TaskEntry entry, String because) {
        endBadly(t, entry, TaskState.SKIPPED, because);
    }

    /** Ends a task as an earlier dispatcher has told everybody. */
    static void adopt(Turn t, TaskEntry entry, TaskResult accepted) {
        TaskEntry known = entry.asIn(accepted);
        Payload result = accepted.result();
        if (accepted.state() == TaskState.SUCCEEDED) {
            if (result != null) {
                double seconds = Objects.requireNonNullElse(accepted.durationSeconds(), 0.0);
                succeed(t, known, result, seconds, accepted.finishedAt());
            }
        } else {
            endBadly(t, known, accepted.state(), accepted.reason());
        }
    }

    /** Says again how a task ended: the report that ended it has come again. */
    static void repeat(Turn t, TaskEntry over, @Nullable Payload result) {
        t.announce(Events.result(t, over, result, null));
    }

    /** Says again what came of a task, as far as it is still kept. */
    static void answer(Turn t, TaskEntry over) {
        t.announce(Events.result(t, over, t.state.shelf.get(over), null));
    }

    /** Somebody misses results: those of the tasks that have ended are said again. */
    static void answer(Turn t, ResultsWanted wanted) {
        Stream<TaskEntry> asked =
                wanted.taskIds().isEmpty()
                        ? t.state.tasks.all().stream()
                        : wanted.taskIds().stream()
                                .map(t.state.tasks::get)
                                .filter(Objects::nonNull);
        asked.filter(TaskEntry::over).forEach(over -> answer(t, over));
    }

    /** Says what may never have reached the results topic. */
    static void announcePending(Turn t) {
        for (String taskId : t.state.pendingResults()) {
            TaskEntry over = t.state.tasks.get(taskId);
            if (over != null && over.over()) {
                answer(t, over);
            }
        }
    }

    /**
     * The results of these tasks are on their topic. Only now everybody is told how they ended,
     * children included: had they been told first and the result been lost with its dispatcher, the
     * next one might have ended the task in another way.
     */
    static void written(Turn t, List<String> taskIds) {
        for (String taskId : taskIds) {
            if (t.state.isPending(taskId)) {
                tellEnded(t, taskId);
                t.drop(new PendingResult(taskId));
            }
        }
        t.state.shelf.overflow().forEach(t::drop);
        t.state.graph.releaseHeld();
        Submissions.queueFreed(t);
    }

    /** Tells how the tasks ended whose results nobody will write any more. */
    static void tellPending(Turn t) {
        t.state.pendingResults().forEach(taskId -> tellEnded(t, taskId));
    }

    private static void tellEnded(Turn t, String taskId) {
        TaskEntry over = t.state.tasks.get(taskId);
        if (over != null && over.over()) {
            t.emit(Events.terminal(t, over));
        }
    }

    private static void endBadly(
            Turn t, TaskEntry entry, TaskState outcome, @Nullable String reason) {
        var ended = new ArrayDeque<TaskEntry>();
        ended.add(close(t, entry, new Ended(outcome, t.now, reason, null, null), null));
        while (!ended.isEmpty()) {
            TaskEntry parent = ended.remove();
            for (String id : t.state.graph.dependents(parent)) {
                TaskEntry child = t.state.tasks.get(id);
                if (child != null && !child.over()) {
                    var skipped = new Ended(TaskState.SKIPPED, t.now, parent.taskId(), null, null);
                    ended.add(close(t, child, skipped, null));
                }
            }
        }
    }

    private static TaskEntry close(Turn t, TaskEntry entry, Ended ended, @Nullable Payload result) {
        SubmitTask spec = t.state.tasks.openSpec(entry);
        TaskEntry over = entry.ended(ended);
        t.put(new PendingResult(over.taskId()));
        if (result != null && !result.isReference()) {
            // Before the entry: a task whose row says that it succeeded has its result.
            t.put(new KeptResult(over.taskId(), over.task(), over.sequence(), result));
        }
        t.put(over);
        t.announce(Events.result(t, over, result, spec.traceparent()));
        release(t, over, spec);
        t.state.shelf.overflow().forEach(t::drop);
        t.drop(new TaskSpec(spec));
        return over;
    }

    /** Lets go of what only this task needed. */
    private static void release(Turn t, TaskEntry over, SubmitTask spec) {
        Set<String> needs = Needs.of(spec);
        t.state.shelf.released(over, needs);
        for (String need : needs) {
            TaskEntry parent = t.state.tasks.get(need);
            if (parent != null && parent.over()) {
                t.state.archive.release(need, parent.task());
            } else if (Needs.isGroup(need) && !t.state.shelf.groupNeeded(need)) {
                t.state.archive.releaseAll(Needs.nameOf(need));
            }
        }
        t.state.shelf.completedParents(over).forEach(t.state.archive::releaseAll);
    }
}
