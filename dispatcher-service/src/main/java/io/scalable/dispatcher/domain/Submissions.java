package io.scalable.dispatcher.domain;

import io.scalable.contracts.Limits;
import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.task.TaskCommand.KnownResult;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.task.TaskResult;
import io.scalable.dispatcher.domain.Row.TaskSpec;
import io.scalable.dispatcher.domain.TaskStatus.Parked;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From submission to the queue: a task gets its pool, waits for its needs, and is queued. */
final class Submissions {

    private Submissions() {}

    /**
     * Takes a new task; one that is known stays as it is, and says again how it ended; another
     * under its id is refused.
     */
    static void submit(Turn t, SubmitTask spec) {
        TaskEntry known = t.state.tasks.get(spec.taskId());
        if (known != null) {
            if (known.digest() != SubmissionDigest.of(spec)) {
                t.refuse(
                        "task "
                                + spec.taskId()
                                + " is known with other work, input, needs or settings, and stays"
                                + " as it is; another task needs an id of its own");
            } else if (known.over()) {
                Endings.answer(t, known);
            }
            return;
        }
        if (t.state.outcomes.of(spec.taskId()) != null) {
            return;
        }
        if (t.state.tasks.open() >= Limits.OPEN_TASKS) {
            t.refuse(
                    "deployment "
                            + t.deploymentId
                            + " has "
                            + t.state.tasks.open()
                            + " tasks that have not ended, and may not have more: submit "
                            + spec.taskId()
                            + " again when some have ended");
            return;
        }
        t.put(new TaskSpec(spec));
        TaskEntry parked = TaskEntry.parked(spec, t.state.tasks.nextSequence());
        t.put(parked);
        TaskResult accepted = t.recovery.takeAccepted(spec.taskId());
        if (accepted != null) {
            Endings.adopt(t, parked, accepted);
            return;
        }
        DeploymentSpec deployment = t.state.spec();
        if (deployment != null) {
            place(t, deployment, parked);
            queueFreed(t);
        }
        Cancellations.cancelIfWished(t, spec.taskId());
    }

    /** Places the tasks that were submitted before their deployment was published. */
    static void placeParked(Turn t, DeploymentSpec deployment) {
        List<TaskEntry> parked =
                t.state.tasks.all().stream().filter(e -> e.status() instanceof Parked).toList();
        parked.forEach(entry -> place(t, deployment, entry));
        queueFreed(t);
    }

    /**
     * Queues every blocked task that has nothing left to wait for: its parents have succeeded, and
     * their results are on their topic. A child that was handed a result which is lost with its
     * dispatcher might see another than the driver.
     */
    static void queueFreed(Turn t) {
        List<String> freed = t.state.graph.takeFreed();
        while (!freed.isEmpty()) {
            for (String id : freed) {
                TaskEntry entry = t.state.tasks.get(id);
                if (entry != null && entry.status() instanceof TaskStatus.Blocked) {
                    if (written(t, t.state.tasks.openSpec(entry))) {
                        queue(t, entry);
                    } else {
                        t.state.graph.hold(id);
                    }
                }
            }
            freed = t.state.graph.takeFreed();
        }
    }

    private static boolean written(Turn t, SubmitTask child) {
        return child.needs().stream().noneMatch(t.state::isNeedPending);
    }

    private static void place(Turn t, DeploymentSpec deployment, TaskEntry parked) {
        SubmitTask spec = t.state.tasks.openSpec(parked);
        Optional<ComponentSpec> component = deployment.route(spec.tag());
        if (component.isEmpty()) {
            Endings.fail(
                    t,
                    parked,
                    problem("UnknownTag", "no component is named or tagged '" + spec.tag() + "'"));
            return;
        }
        TaskEntry placed = parked.placedIn(component.get().name());
        KnownResult known = spec.known();
        if (known != null) {
            TaskEntry ran = placed.ran(known.attempts(), known.workerId());
            Endings.succeed(t, ran, known.result(), known.durationSeconds(), t.now);
            return;
        }
        Failure bad = NeedCheck.problem(t.state, t.deploymentId, spec).orElse(null);
        if (bad != null) {
            Endings.fail(t, placed, bad);
            return;
        }
        String hopeless = hopeless(t, spec);
        if (hopeless != null) {
            Endings.skip(t, placed, hopeless);
        } else {
            t.put(placed.blocked());
        }
    }

    /** Tasks of components that the deployment does not have any more go to others, or fail. */
    static void leaveLostPools(Turn t) {
        List<TaskEntry> lost =
                t.state.tasks.all().stream()
                        .filter(
                                e ->
                                        e.status() instanceof TaskStatus.Blocked
                                                || e.status() instanceof TaskStatus.Queued)
                        .toList();
        lost.forEach(entry -> withoutPool(t, entry));
    }

    /**
     * If the deployment does not have the task's component any more, the task goes to the one that
     * its tag leads to now, or fails.
     *
     * @return false if the component is there, and nothing was done
     */
    static boolean withoutPool(Turn t, TaskEntry entry) {
        DeploymentSpec deployment = t.state.spec();
        if (entry.over()
                || deployment == null
                || deployment.component(entry.component()).isPresent()) {
            return false;
        }
        String tag = t.state.tasks.openSpec(entry).tag();
        Optional<ComponentSpec> other = deployment.route(tag);
        if (other.isEmpty()) {
            String message =
                    "the deployment has no component '"
                            + entry.component()
                            + "' any more, and no other is named or tagged '"
                            + tag
                            + "'";
            Endings.fail(t, entry, problem("UnknownTag", message));
            return true;
        }
        TaskEntry moved = entry.placedIn(other.get().name());
        if (moved.status() instanceof TaskStatus.Held) {
            TaskEntry queued = moved.queued(t.now);
            t.put(queued);
            t.emit(Events.queued(t, queued));
        } else {
            t.put(moved);
        }
        return true;
    }

    /**
     * Skips the tasks that wait for what cannot come any more: of an end that skips children, the
     * dispatcher before may have kept the first rows only.
     */
    static void skipHopeless(Turn t) {
        for (TaskEntry entry : List.copyOf(t.state.tasks.all())) {
            TaskEntry now = t.state.tasks.get(entry.taskId());
            if (now != null && now.status() instanceof TaskStatus.Blocked) {
                String because = hopeless(t, t.state.tasks.openSpec(now));
                if (because != null) {
                    Endings.skip(t, now, because);
                }
            }
        }
    }

    /** The first thing that keeps the task from ever running; null if nothing does so far. */
    private static @Nullable String hopeless(Turn t, SubmitTask spec) {
        for (String need : spec.needs()) {
            String because = t.state.graph.hopeless(need);
            if (because != null) {
                return because;
            }
        }
        return null;
    }

    private static void queue(Turn t, TaskEntry blocked) {
        Optional<String> lost = Parents.withoutResult(t.state, t.state.tasks.openSpec(blocked));
        if (lost.isPresent()) {
            String message =
                    "the result of "
                            + lost.get()
                            + " is not kept any more: submit the tasks that need it before it ends,"
                            + " or declare them in the manifest";
            Endings.fail(t, blocked, problem("ResultNotKept", message));
            return;
        }
        TaskEntry queued = blocked.queued(t.now);
        t.put(queued);
        t.emit(Events.queued(t, queued));
    }

    private static Failure problem(String type, String message) {
        return new Failure(FailureClass.USER_ERROR, type, message, null);
    }
}
