package io.scalable.provider.cloud.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.backend.WorkerStatus;
import io.scalable.provider.cloud.kubernetes.PodRemoval.Want;
import io.scalable.provider.platform.ReportedWorkers;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one worker's pod and what is to be done about it next. It is told the time and
 * does no I/O. Not thread-safe.
 */
final class WorkerPod {

    private final String workerId;
    private final String name;
    private final KubernetesPacing pacing;
    private final ReportedWorkers reported;

    private PodState state;
    private final PodRemoval removal;
    private final Turn turn;
    private @Nullable Instant hearUntil;
    private boolean logRead;
    private @Nullable String log;

    /** A worker that was ordered. */
    WorkerPod(LaunchOrder order, KubernetesPacing pacing, ReportedWorkers reported) {
        this(order.workerId(), new PodState.Ordered(order, null, false), pacing, reported);
    }

    private WorkerPod(
            String workerId, PodState state, KubernetesPacing pacing, ReportedWorkers reported) {
        this.workerId = workerId;
        this.name = Ownership.podName(workerId);
        this.state = state;
        this.pacing = pacing;
        this.reported = reported;
        this.removal = new PodRemoval(pacing);
        this.turn = new Turn(pacing);
    }

    /** A worker whose pod was found. It may be ready without having been heard yet. */
    static WorkerPod found(
            String workerId,
            Pod pod,
            KubernetesPacing pacing,
            ReportedWorkers reported,
            Instant now) {
        var worker = new WorkerPod(workerId, new PodState.Seen(pod, null), pacing, reported);
        worker.hearUntil = now.plus(pacing.hearing());
        worker.seen(pod, now);
        return worker;
    }

    String workerId() {
        return workerId;
    }

    /** True if nothing is left to be told or done. */
    boolean finished() {
        return removal.forgotten() && state instanceof PodState.Gone;
    }

    boolean isForgotten() {
        return removal.forgotten();
    }

    boolean toBeCreated() {
        return state instanceof PodState.Ordered;
    }

    void want(Want wanted) {
        removal.want(wanted);
        if (state instanceof PodState.Ordered(var _, var _, var unsure) && !unsure) {
            never("was taken back before it was created");
        }
    }

    void forget() {
        removal.forget();
        turn.hurry();
        if (state instanceof PodState.Ordered(var _, var _, var unsure) && !unsure) {
            never("was forgotten before it was created");
        }
    }

    /** The pod as it is now. */
    void seen(Pod pod, Instant now) {
        if (state instanceof PodState.Gone(var _) && removal.forgotten()) {
            return;
        }
        PodEnd end = PodEnd.of(pod);
        state = new PodState.Seen(pod, end);
        if (end == null) {
            removal.look(pod, now);
        }
    }

    /** The pod is gone; this is the last that was seen of it. */
    void gone(Pod last) {
        if (state instanceof PodState.Gone) {
            return;
        }
        if (state instanceof PodState.Seen(var pod, var end)) {
            if (!uid(pod).equals(uid(last))) {
                return;
            }
            if (end != null) {
                state = new PodState.Gone(end);
                return;
            }
        }
        state = new PodState.Gone(PodEnd.gone(last, removal.ours(), reported.hasLeft(workerId)));
    }

    /** A new listing lacks the pod. */
    void missing() {
        if (state instanceof PodState.Seen(var pod, var _)) {
            gone(pod);
        }
    }

    /** The pod's name, if it is there as far as is known. */
    Optional<String> there() {
        return state instanceof PodState.Seen ? Optional.of(name) : Optional.empty();
    }

    /** The next thing to ask; null for nothing now. Whoever takes it gives an answer later. */
    @Nullable PodCall due(Instant now) {
        if (!turn.mayAsk(now)) {
            return null;
        }
        return switch (state) {
            case PodState.Ordered(var order, var _, var _) ->
                    removal.wanted() ? new PodCall.Look(name) : new PodCall.Create(order);
            case PodState.Creating _, PodState.Gone _ -> null;
            case PodState.Created(var _, var uid, var at) -> {
                PodCall delete = uid == null ? null : delete(uid, now);
                yield delete == null && (uid == null || unseen(at, now))
                        ? new PodCall.Look(name)
                        : delete;
            }
            case PodState.Seen(var pod, var end) -> {
                if (end != null && !removal.forgotten()) {
                    yield wantsLog(end) ? new PodCall.ReadLog(name) : null;
                }
                if (end == null) {
                    removal.judge(pod, now);
                }
                yield delete(uid(pod), now);
            }
        };
    }

    /** A call was taken up. */
    void calling(PodCall call) {
        turn.asking();
        if (call instanceof PodCall.Create(var order)) {
            state = new PodState.Creating(order);
        }
    }

    void created(@Nullable String uid, Instant now) {
        turn.answered();
        if (state instanceof PodState.Creating(var order)) {
            state = new PodState.Created(order, uid, now);
        }
    }

    /** The pod was not created, or perhaps it was. */
    void notCreated(ApiProblem problem, Instant now) {
        turn.answered();
        if (!(state instanceof PodState.Creating(var order))) {
            return;
        }
        switch (problem.kind()) {
            // There already, by an attempt before, or by somebody else.
            case TAKEN -> created(null, now);
            case REFUSED, FORBIDDEN, ABSENT -> refused(problem.message());
            case LIMIT, CONFLICT -> {
                state = new PodState.Ordered(order, problem.message(), false);
                if (problem.kind() == ApiProblem.Kind.CONFLICT) {
                    turn.later(now);
                }
                if (removal.wanted()) {
                    never("was taken back before it was created");
                }
            }
            case UNAVAILABLE, LOGIN -> {
                state = new PodState.Ordered(order, problem.message(), true);
                turn.later(now);
            }
        }
    }

    /** It cannot be created. */
    void refused(String message) {
        state = new PodState.Gone(new PodEnd(1, "worker " + workerId + ": " + message, null));
    }

    /** The answer to a look; null if there is no such pod. */
    void looked(@Nullable Pod pod, Instant now) {
        turn.answered();
        boolean unsure = state instanceof PodState.Ordered;
        if (!unsure && !(state instanceof PodState.Created)) {
            return;
        }
        if (pod == null && unsure) {
            never("was taken back before it was created");
        } else if (pod == null) {
            state =
                    new PodState.Gone(
                            new PodEnd(1, "worker " + workerId + ": its pod was deleted", null));
        } else if (Ownership.of(pod).filter(o -> o.workerId().equals(workerId)).isEmpty()) {
            refused("a pod called " + name + " is there and is somebody else's");
        } else {
            seen(pod, now);
        }
    }

    void deleted(PodCall.Delete call, Instant now) {
        turn.answered();
        removal.asked(call.grace(), now);
    }

    /** It was ready after all when it was to be deleted. */
    void spared() {
        turn.answered();
    }

    /** There is nothing to delete. */
    void absent() {
        turn.answered();
        switch (state) {
            case PodState.Seen(var pod, var _) -> gone(pod);
            case PodState.Ordered _, PodState.Creating _, PodState.Created _ ->
                    never("was taken back");
            case PodState.Gone _ -> {}
        }
    }

    void logged(@Nullable String lines) {
        turn.answered();
        logRead = true;
        log = lines;
    }

    /** A call failed and is to be tried again. */
    void failed(Instant now) {
        turn.failed(now);
    }

    /** How it is; {@code limit} says why nothing can be created at the moment. */
    WorkerStatus status(@Nullable String limit, Instant now) {
        boolean ready = reported.wasReady(workerId);
        return switch (state) {
            case PodState.Ordered(var _, var reason, var unsure) ->
                    unsure
                            ? new WorkerStatus.Unknown(String.valueOf(reason))
                            : new WorkerStatus.Pending(reason == null ? limit : reason);
            case PodState.Creating _ -> new WorkerStatus.Pending("pod " + name + ": being created");
            case PodState.Created _ ->
                    ready
                            ? new WorkerStatus.Running("pod " + name, true)
                            : new WorkerStatus.Pending("pod " + name + ": created");
            case PodState.Seen(var pod, var end) ->
                    end == null
                            ? PodStatuses.alive(pod, ready, unheard(now))
                            : wantsLog(end)
                                    ? new WorkerStatus.Unknown("its log is being read")
                                    : ended(end, ready);
            case PodState.Gone(var end) -> ended(end, ready);
        };
    }

    private WorkerStatus ended(PodEnd end, boolean ready) {
        return PodStatuses.ended(end, ready, removal.verdict(), log);
    }

    private boolean wantsLog(PodEnd end) {
        return !logRead && end.code() != 0 && !removal.ours();
    }

    private @Nullable PodCall delete(String uid, Instant now) {
        boolean unheard =
                unheard(now)
                        && state instanceof PodState.Seen(var pod, var _)
                        && Containers.runs(pod);
        Integer grace = removal.due(reported.wasReady(workerId), unheard, now);
        return grace == null ? null : new PodCall.Delete(name, uid, grace, removal.unlessReady());
    }

    private boolean unheard(Instant now) {
        return hearUntil != null && now.isBefore(hearUntil);
    }

    private boolean unseen(Instant at, Instant now) {
        return !now.isBefore(at.plus(pacing.stale()));
    }

    private void never(String message) {
        state = new PodState.Gone(new PodEnd(143, "worker " + workerId + " " + message, null));
    }

    private static String uid(Pod pod) {
        return String.valueOf(pod.getMetadata().getUid());
    }
}
