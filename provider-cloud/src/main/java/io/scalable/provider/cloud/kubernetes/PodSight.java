package io.scalable.provider.cloud.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.scalable.provider.cloud.kubernetes.PodApi.PodListener;
import io.scalable.provider.cloud.kubernetes.PodApi.PodWatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connection to the API server and the watch on a deployment's pods: whether they can be
 * trusted, and why not. A watch whose line is cut without a word looks alive; so each is replaced
 * by a new one, with a new listing, every few minutes, and at once when this process was asleep.
 * Owned by one thread; the connection is made by another.
 */
final class PodSight {

    /** Is told of pods, by the owner's thread. */
    interface Sightings {

        /** Names of the pods that were seen and not gone so far. */
        Set<String> known();

        void seen(Pod pod);

        /** A pod is gone; this is the last that was seen of it. */
        void gone(Pod pod);

        /** A known pod is not in a new listing. */
        void missing(String name);
    }

    private final Supplier<PodApi> connection;
    private final Map<String, String> labels;
    private final Sightings sightings;
    private final KubernetesPacing pacing;
    private final Errands errands;
    private final Turn turn;
    private @Nullable PodApi api;
    private @Nullable Relay active;
    private @Nullable Relay coming;
    private volatile boolean closed;
    private @Nullable Instant heard;
    private @Nullable Instant looked;
    private Instant begun = Instant.MIN;
    private String trouble = "the Kubernetes API has not answered yet";
    private boolean useless;

    /**
     * @param connection may block and fail
     */
    PodSight(
            Supplier<PodApi> connection,
            Map<String, String> labels,
            Sightings sightings,
            KubernetesPacing pacing,
            Errands errands) {
        this.connection = connection;
        this.labels = labels;
        this.sightings = sightings;
        this.pacing = pacing;
        this.errands = errands;
        this.turn = new Turn(pacing);
    }

    /** Makes the connection if there is none, renews the watch, and sees whether it is alive. */
    void look(Instant now) {
        boolean slept = looked != null && looked.plus(pacing.stale()).isBefore(now);
        looked = now;
        if (turn.mayAsk(now) && coming == null) {
            if (api == null) {
                connect(now);
            } else if (slept || !now.isBefore(begun.plus(pacing.renewal()))) {
                watch(api, now);
            }
        }
        if (active != null && active.alive()) {
            heard = now;
        }
    }

    /** The API; empty before all pods that are there have been seen. */
    Optional<PodApi> api() {
        return active == null ? Optional.empty() : Optional.ofNullable(api);
    }

    /** True while what was seen can be taken for what is. */
    boolean clear(Instant now) {
        return active != null && heard != null && !heard.plus(pacing.stale()).isBefore(now);
    }

    /** Why not. */
    String trouble() {
        return trouble;
    }

    /** True if that stays so until a person has changed something. */
    boolean useless() {
        return useless;
    }

    /** No new connection is made any more. */
    void closing() {
        closed = true;
    }

    void close() {
        if (active != null) {
            active.close();
        }
        if (coming != null) {
            coming.close();
        }
        if (api != null) {
            api.close();
        }
    }

    private void connect(Instant now) {
        turn.asking();
        errands.ask(
                () -> {
                    PodApi made = connection.get();
                    if (closed) {
                        made.close();
                        throw new IllegalStateException("closed");
                    }
                    return made;
                },
                made -> {
                    turn.answered();
                    api = made;
                    watch(made, now);
                },
                problem -> {
                    trouble = "cannot connect to Kubernetes: " + problem.message();
                    useless = problem.useless();
                    turn.failed(now);
                });
    }

    private void watch(PodApi connected, Instant now) {
        begun = now;
        var relay = new Relay(sightings.known());
        coming = relay;
        relay.watch = connected.watch(labels, relay);
    }

    /**
     * Brings what a watch tells to the owner's thread. Until its listing is complete all is held
     * back; then it takes the place of the one before, whose words do not count any more.
     */
    private final class Relay implements PodListener {

        private final Set<String> before;
        private final Set<String> told = new HashSet<>();
        private final List<Runnable> held = new ArrayList<>();
        private @Nullable PodWatch watch;

        Relay(Set<String> before) {
            this.before = before;
        }

        boolean alive() {
            return watch != null && watch.alive();
        }

        void close() {
            if (watch != null) {
                watch.close();
            }
        }

        @Override
        public void seen(Pod pod) {
            errands.tell(() -> take(pod, () -> sightings.seen(pod)));
        }

        @Override
        public void gone(Pod pod) {
            errands.tell(() -> take(pod, () -> sightings.gone(pod)));
        }

        @Override
        public void listed() {
            errands.tell(this::takeOver);
        }

        @Override
        public void failed(ApiProblem problem) {
            errands.tell(
                    () -> {
                        trouble = problem.message();
                        useless = problem.useless();
                    });
        }

        private void take(Pod pod, Runnable news) {
            if (this == active) {
                news.run();
            } else if (this == coming) {
                told.add(pod.getMetadata().getName());
                held.add(news);
            }
        }

        private void takeOver() {
            if (this != coming) {
                return;
            }
            Relay old = active;
            active = this;
            coming = null;
            held.forEach(Runnable::run);
            held.clear();
            before.stream().filter(name -> !told.contains(name)).forEach(sightings::missing);
            if (old != null) {
                errands.run(old::close);
            }
        }
    }
}
