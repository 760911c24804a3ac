package io.scalable.provider.cloud.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.backend.WorkerStatus;
import io.scalable.provider.cloud.ReportedWorkers;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one worker's pod and what is to be done about it next. It is told the time and
 * does no I/O. Not thread-safe.
 */
final class WorkerPod {

    /** How much it is wanted gone; each includes those before. */
    enum Want {
        STAY,
        /** Unless it is ready. */
        CANCEL,
        TERMINATE,
        KILL
    }

    private final String workerId;
    private final String name;
    private final KubernetesPacing pacing;
    private final ReportedWorkers reported;

    private PodState state;
    private Want want = Want.STAY;
    private boolean forgotten;
    private boolean busy;
    private int failures;
    private Instant retryAt = Instant.MIN;
    private @Nullable Instant hearUntil;
    private @Nullable String verdict;
    private @Nullable Instant hopelessSince;
    private @Nullable Instant terminatingSince;
    private @Nullable Integer askedGrace;
    private Instant askedAt = Instant.MIN;
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
        return forgotten && state instanceof PodState.Gone;
    }

    boolean isForgotten() {
        return forgotten;
    }

    boolean toBeCreated() {
        return state instanceof PodState.Ordered;
    }

    void want(Want wanted) {
        if (wanted.compareTo(want) > 0) {
            want = wanted;
        }
        if (state instanceof PodState.Ordered(var _, var _, var unsure) && !unsure) {
            never("was taken back before it was created");
        }
    }

    void forget() {
        forgotten = true;
        retryAt = Instant.MIN;
        if (state instanceof PodState.Ordered(var _, var _, var unsure) && !unsure) {
            never("was forgotten before it was created");
        }
    }

    /** The pod as it is now. */
    void seen(Pod pod, Instant now) {
        if (state instanceof PodState.Gone(var _) && forgotten) {
            return;
        }
        PodEnd end = PodEnd.of(pod);
        state = new PodState.Seen(pod, end);
        if (pod.getMetadata().getDeletionTimestamp() == null) {
            terminatingSince = null;
        } else if (terminatingSince == null) {
            terminatingSince = now;
        }
        boolean waits = end == null && !Containers.runs(pod);
        PodWait wait = waits ? PodWait.of(pod) : null;
        if (wait == null || !wait.hopeless()) {
            hopelessSince = null;
        } else if (hopelessSince == null) {
            hopelessSince = now;
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
        state = new PodState.Gone(PodEnd.gone(last, asked(), reported.hasLeft(workerId)));
    }

    /** The next thing to ask; null for nothing now. Whoever takes it gives an answer later. */
    @Nullable PodCall due(Instant now) {
        if (busy || now.isBefore(retryAt)) {
            return null;
        }
        return switch (state) {
            case PodState.Ordered(var order, var _, var _) ->
                    gone() ? new PodCall.Look(name) : new PodCall.Create(order);
            case PodState.Creating _, PodState.Gone _ -> null;
            case PodState.Created(var _, var uid, var at) -> {
                PodCall delete = uid == null ? null : delete(uid, now);
                yield delete == null && (uid == null || unseen(at, now))
                        ? new PodCall.Look(name)
                        : delete;
            }
            case PodState.Seen(var pod, var end) -> {
                if (end != null && !forgotten) {
                    yield wantsLog(end) ? new PodCall.ReadLog(name) : null;
                }
                if (end == null) {
                    judge(pod, now);
                }
                yield delete(uid(pod), now);
            }
        };
    }

    /** A call was taken up. */
    void calling(PodCall call) {
        busy = true;
        if (call instanceof PodCall.Create(var order)) {
            state = new PodState.Creating(order);
        }
    }

    void created(@Nullable String uid, Instant now) {
        answered();
        if (state instanceof PodState.Creating(var order)) {
            state = new PodState.Created(order, uid, now);
        }
    }

    /** The pod was not created, or perhaps it was. */
    void notCreated(ApiProblem problem, Instant now) {
        busy = false;
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
                    later(now);
                }
                if (gone()) {
                    never("was taken back before it was created");
                }
            }
            case UNAVAILABLE -> {
                state = new PodState.Ordered(order, problem.message(), true);
                later(now);
            }
        }
    }

    /** It cannot be created. */
    void refused(String message) {
        state = new PodState.Gone(new PodEnd(1, "worker " + workerId + ": " + message, null));
    }

    /** The answer to a look; null if there is no such pod. */
    void looked(@Nullable Pod pod, Instant now) {
        answered();
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
        answered();
        askedGrace = call.grace();
        askedAt = now;
    }

    /** It was ready after all when it was to be deleted. */
    void spared() {
        answered();
    }

    /** There is nothing to delete. */
    void absent() {
        answered();
        switch (state) {
            case PodState.Seen(var pod, var _) -> gone(pod);
            case PodState.Ordered _, PodState.Creating _, PodState.Created _ ->
                    never("was taken back");
            case PodState.Gone _ -> {}
        }
    }

    void logged(@Nullable String lines) {
        answered();
        logRead = true;
        log = lines;
    }

    /** A call failed and is to be tried again. */
    void failed(Instant now) {
        busy = false;
        later(now);
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
                    end == null ? alive(pod, ready, now) : ended(end, ready);
            case PodState.Gone(var end) -> exited(end, ready);
        };
    }

    private WorkerStatus alive(Pod pod, boolean ready, Instant now) {
        String place = Containers.place(pod);
        if (ready) {
            return new WorkerStatus.Running(place, true);
        }
        if (Containers.phase(pod).equals("Unknown")) {
            return new WorkerStatus.Unknown(place + ": its node does not answer");
        }
        if (!Containers.runs(pod)) {
            return new WorkerStatus.Pending(PodWait.of(pod).reason());
        }
        return unheard(now)
                ? new WorkerStatus.Unknown(place + " runs and was not heard yet")
                : new WorkerStatus.Running(place, false);
    }

    private WorkerStatus ended(PodEnd end, boolean ready) {
        return wantsLog(end)
                ? new WorkerStatus.Unknown("its log is being read")
                : exited(end, ready);
    }

    private WorkerStatus exited(PodEnd end, boolean ready) {
        return verdict == null
                ? new WorkerStatus.Exited(
                        end.code(), ready || end.code() == 0, end.message(), log, end.cause())
                : new WorkerStatus.Exited(1, false, verdict, null);
    }

    private boolean wantsLog(PodEnd end) {
        return !logRead && end.code() != 0 && !asked();
    }

    /** One whose container cannot start is given up after a while, and said why. */
    private void judge(Pod pod, Instant now) {
        if (hopelessSince != null
                && verdict == null
                && !now.isBefore(hopelessSince.plus(pacing.image()))) {
            verdict = PodWait.of(pod).reason();
        }
    }

    private @Nullable PodCall delete(String uid, Instant now) {
        Integer grace = wantedGrace(now);
        return grace == null || (askedGrace != null && askedGrace <= grace)
                ? null
                : new PodCall.Delete(name, uid, grace, want == Want.CANCEL && !forgotten);
    }

    private @Nullable Integer wantedGrace(Instant now) {
        if (forgotten || overdue(now)) {
            return 0;
        }
        return switch (want) {
            case KILL -> askedGrace != null && askedGrace <= 1 && waited(now) ? 0 : 1;
            case TERMINATE -> PodTemplate.GRACE;
            case CANCEL -> mayBeReady(now) ? graceOfVerdict() : Integer.valueOf(PodTemplate.GRACE);
            case STAY -> graceOfVerdict();
        };
    }

    private @Nullable Integer graceOfVerdict() {
        return verdict == null ? null : Integer.valueOf(PodTemplate.GRACE);
    }

    private boolean mayBeReady(Instant now) {
        boolean ready = reported.wasReady(workerId);
        if (ready && want == Want.CANCEL) {
            want = Want.STAY;
        }
        return ready
                || (unheard(now)
                        && state instanceof PodState.Seen(var pod, var _)
                        && Containers.runs(pod));
    }

    private boolean unheard(Instant now) {
        return hearUntil != null && now.isBefore(hearUntil);
    }

    private boolean waited(Instant now) {
        return !now.isBefore(askedAt.plus(pacing.force()));
    }

    /** Its node had its time, and more. */
    private boolean overdue(Instant now) {
        if (terminatingSince == null || !(state instanceof PodState.Seen(var pod, var _))) {
            return false;
        }
        Long grace = pod.getMetadata().getDeletionGracePeriodSeconds();
        Duration given = Duration.ofSeconds(grace == null ? PodTemplate.GRACE : grace);
        return !now.isBefore(terminatingSince.plus(given).plus(pacing.overdue()));
    }

    private boolean unseen(Instant at, Instant now) {
        return !now.isBefore(at.plus(pacing.stale()));
    }

    private boolean gone() {
        return want != Want.STAY || forgotten;
    }

    private boolean asked() {
        return want != Want.STAY || verdict != null;
    }

    private void never(String message) {
        state = new PodState.Gone(new PodEnd(143, "worker " + workerId + " " + message, null));
    }

    private void answered() {
        busy = false;
        failures = 0;
        retryAt = Instant.MIN;
    }

    private void later(Instant now) {
        retryAt = now.plus(pacing.wait(failures++));
    }

    private static String uid(Pod pod) {
        return String.valueOf(pod.getMetadata().getUid());
    }
}
