package io.scalable.provider.cloud.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.scalable.provider.backend.LaunchOrder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Creates a deployment's pods, its Secret first. A quota that is used up, or a server in trouble,
 * is tried by one pod at a time, less and less often. Owned by one thread.
 */
final class Creation {

    private final BiFunction<LaunchOrder, String, Pod> template;
    private final Secret secret;
    private final Errands errands;
    private final InstantSource clock;
    private final Turn turn;
    private final Turn secretsTurn;
    private @Nullable String secretUid;
    private @Nullable String limit;

    /**
     * @param template the pod of an order, given the uid of the deployment's Secret
     */
    Creation(
            BiFunction<LaunchOrder, String, Pod> template,
            Secret secret,
            KubernetesPacing pacing,
            Errands errands,
            InstantSource clock) {
        this.template = template;
        this.secret = secret;
        this.errands = errands;
        this.clock = clock;
        this.turn = new Turn(pacing);
        this.secretsTurn = new Turn(pacing);
    }

    /** Why nothing can be created at the moment; null if nothing is known to be in the way. */
    @Nullable String limit() {
        return limit;
    }

    /** There may be room again. */
    void hurry() {
        turn.hurry();
    }

    /** Creates the pod, if it is its turn. All workers of the deployment are {@code workers}. */
    void create(WorkerPod worker, PodCall.Create call, PodApi api, Collection<WorkerPod> workers) {
        Instant now = clock.instant();
        if (!turn.mayAsk(now)) {
            return;
        }
        if (secretUid == null) {
            putSecret(api, now, workers);
            return;
        }
        boolean trying = limit != null;
        if (trying) {
            turn.asking();
        }
        String owner = secretUid;
        worker.calling(call);
        errands.ask(
                () -> api.create(template.apply(call.order(), owner)),
                uid -> {
                    limit = null;
                    turn.answered();
                    worker.created(uid, clock.instant());
                },
                problem -> {
                    worker.notCreated(problem, clock.instant());
                    switch (problem.kind()) {
                        case LIMIT, UNAVAILABLE, LOGIN -> hold(problem, trying);
                        case TAKEN, ABSENT, CONFLICT, REFUSED, FORBIDDEN -> {
                            if (trying) {
                                turn.answered();
                            }
                        }
                    }
                });
    }

    private void putSecret(PodApi api, Instant now, Collection<WorkerPod> workers) {
        if (!secretsTurn.mayAsk(now)) {
            return;
        }
        secretsTurn.asking();
        errands.ask(
                () -> api.put(secret),
                uid -> {
                    secretsTurn.answered();
                    limit = null;
                    secretUid = uid;
                },
                problem -> {
                    secretsTurn.answered();
                    switch (problem.kind()) {
                        case REFUSED, FORBIDDEN, ABSENT, TAKEN ->
                                workers.stream()
                                        .filter(WorkerPod::toBeCreated)
                                        .forEach(worker -> worker.refused(problem.message()));
                        case LIMIT, CONFLICT, UNAVAILABLE, LOGIN -> hold(problem, false);
                    }
                });
    }

    /** Answers of calls that were out together count once. */
    private void hold(ApiProblem problem, boolean tried) {
        Instant now = clock.instant();
        limit = problem.message();
        if (tried) {
            turn.failed(now);
        } else if (turn.mayAsk(now)) {
            turn.later(now);
        }
    }
}
