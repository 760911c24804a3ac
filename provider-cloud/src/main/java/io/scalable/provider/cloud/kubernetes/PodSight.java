package io.scalable.provider.cloud.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.scalable.provider.cloud.kubernetes.PodApi.PodListener;
import io.scalable.provider.cloud.kubernetes.PodApi.PodWatch;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connection to the API server and the watch on a deployment's pods: whether they can be
 * trusted, and why not. Owned by one thread; the connection is made by another.
 */
final class PodSight {

    private final Supplier<PodApi> connection;
    private final Map<String, String> labels;
    private final PodListener pods;
    private final KubernetesPacing pacing;
    private final Errands errands;
    private final Turn turn;
    private @Nullable PodApi api;
    private @Nullable PodWatch watch;
    private boolean listed;
    private volatile boolean closed;
    private @Nullable Instant heard;
    private String trouble = "the Kubernetes API has not answered yet";

    /**
     * @param connection may block and fail
     * @param pods is told of pods by the owner's thread
     */
    PodSight(
            Supplier<PodApi> connection,
            Map<String, String> labels,
            PodListener pods,
            KubernetesPacing pacing,
            Errands errands) {
        this.connection = connection;
        this.labels = labels;
        this.pods = pods;
        this.pacing = pacing;
        this.errands = errands;
        this.turn = new Turn(pacing);
    }

    /** Makes the connection if there is none, and sees whether the watch is alive. */
    void look(Instant now) {
        if (api == null && turn.mayAsk(now)) {
            turn.asking();
            errands.ask(
                    this::connect,
                    made -> {
                        turn.answered();
                        api = made.api();
                        watch = made.watch();
                    },
                    problem -> {
                        trouble = "cannot connect to Kubernetes: " + problem.message();
                        turn.failed(now);
                    });
        }
        if (watch != null && watch.alive()) {
            heard = now;
        }
    }

    /** The API; empty before all pods that are there have been seen. */
    Optional<PodApi> api() {
        return listed ? Optional.ofNullable(api) : Optional.empty();
    }

    /** True while what was seen can be taken for what is. */
    boolean clear(Instant now) {
        return listed && heard != null && !heard.plus(pacing.stale()).isBefore(now);
    }

    /** Why not. */
    String trouble() {
        return trouble;
    }

    /** No new connection is made any more. */
    void closing() {
        closed = true;
    }

    void close() {
        if (watch != null) {
            watch.close();
        }
        if (api != null) {
            api.close();
        }
    }

    private Connected connect() {
        PodApi made = connection.get();
        if (closed) {
            made.close();
            throw new IllegalStateException("closed");
        }
        return new Connected(made, made.watch(labels, new Relay()));
    }

    private record Connected(PodApi api, PodWatch watch) {}

    /** Brings what the watch tells to the owner's thread. */
    private final class Relay implements PodListener {

        @Override
        public void seen(Pod pod) {
            errands.tell(() -> pods.seen(pod));
        }

        @Override
        public void gone(Pod pod) {
            errands.tell(() -> pods.gone(pod));
        }

        @Override
        public void listed() {
            errands.tell(
                    () -> {
                        listed = true;
                        pods.listed();
                    });
        }

        @Override
        public void failed(ApiProblem problem) {
            errands.tell(
                    () -> {
                        trouble = problem.message();
                        pods.failed(problem);
                    });
        }
    }
}
