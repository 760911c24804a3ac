package io.scalable.provider.cloud.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.scalable.provider.backend.BackendUnavailableException;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.backend.WorkerBackend;
import io.scalable.provider.backend.WorkerStatus;
import io.scalable.provider.cloud.CloudSettings;
import io.scalable.provider.cloud.kubernetes.PodRemoval.Want;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The workers of one deployment as pods. What is known comes from a watch; calls run on an
 * executor, a few at a time; what they answer is taken in by the next {@link #observe()}.
 */
final class KubernetesBackend implements WorkerBackend {

    private static final System.Logger LOG = System.getLogger(KubernetesBackend.class.getName());
    private static final Duration LAST_CALLS = Duration.ofSeconds(5);

    private final String deploymentId;
    private final String secretName;
    private final CloudSettings settings;
    private final KubernetesPacing pacing;
    private final Runnable onClose;

    private final Map<String, WorkerPod> workers = new LinkedHashMap<>();
    private final Errands errands;
    private final PodSight sight;
    private final Creation creation;
    private boolean closed;

    /**
     * @param connection makes the API's client; may block and fail
     * @param template the pod of an order, given the uid of the deployment's Secret
     * @param secret the deployment's
     * @param executor runs what blocks; shut down with this backend
     * @param onClose called when the backend is closed
     */
    KubernetesBackend(
            String deploymentId,
            Supplier<PodApi> connection,
            BiFunction<LaunchOrder, String, Pod> template,
            Secret secret,
            CloudSettings settings,
            KubernetesPacing pacing,
            ExecutorService executor,
            Runnable onClose) {
        this.deploymentId = deploymentId;
        this.secretName = secret.getMetadata().getName();
        this.settings = settings;
        this.pacing = pacing;
        this.onClose = onClose;
        this.errands = new Errands(executor, settings.changed());
        this.sight =
                new PodSight(
                        connection, Ownership.selector(deploymentId), new Pods(), pacing, errands);
        this.creation = new Creation(template, secret, pacing, errands, settings.clock());
    }

    @Override
    public void launch(LaunchOrder order) {
        workers.computeIfAbsent(
                order.workerId(), _ -> new WorkerPod(order, pacing, settings.reported()));
    }

    @Override
    public void cancel(String workerId) {
        want(workerId, Want.CANCEL);
    }

    @Override
    public void terminate(String workerId) {
        want(workerId, Want.TERMINATE);
    }

    @Override
    public void kill(String workerId) {
        want(workerId, Want.KILL);
    }

    @Override
    public void forget(String workerId) {
        settings.reported().forget(workerId);
        WorkerPod worker = workers.get(workerId);
        if (worker != null) {
            worker.forget();
        }
    }

    @Override
    public Map<String, WorkerStatus> observe() {
        Instant now = now();
        errands.takeIn();
        workers.values().removeIf(WorkerPod::finished);
        if (!closed) {
            sight.look(now);
            sight.api().ifPresent(api -> callAll(api, now));
        }
        if (!sight.clear(now)) {
            throw new BackendUnavailableException(sight.trouble(), sight.useless(), null);
        }
        var listing = new HashMap<String, WorkerStatus>();
        workers.forEach(
                (id, worker) -> {
                    if (!worker.isForgotten()) {
                        listing.put(id, worker.status(creation.limit(), now));
                    }
                });
        return listing;
    }

    /**
     * Pods go on: the next host adopts them. What was forgotten is deleted, and the Secret too if
     * no pod is left; this takes a few seconds at most.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        sight.closing();
        onClose.run();
        sight.api().ifPresent(this::lastCalls);
        errands.close(LAST_CALLS);
        sight.close();
    }

    private void lastCalls(PodApi api) {
        Instant now = now();
        List<PodCall.Delete> left =
                workers.values().stream()
                        .filter(WorkerPod::isForgotten)
                        .map(worker -> worker.due(now))
                        .flatMap(Stream::ofNullable)
                        .filter(PodCall.Delete.class::isInstance)
                        .map(PodCall.Delete.class::cast)
                        .toList();
        boolean none = workers.values().stream().allMatch(WorkerPod::isForgotten);
        errands.run(
                () -> {
                    try {
                        left.forEach(delete -> remove(api, delete));
                        if (none) {
                            api.deleteSecret(secretName);
                        }
                    } catch (ApiException e) {
                        LOG.log(
                                Level.WARNING,
                                "something of deployment {0} may be left: {1}",
                                deploymentId,
                                e.getMessage());
                    }
                });
    }

    private static void remove(PodApi api, PodCall.Delete delete) {
        try {
            api.delete(delete.name(), delete.uid(), delete.grace());
        } catch (ApiException e) {
            if (e.problem().kind() != ApiProblem.Kind.ABSENT) {
                throw e;
            }
        }
    }

    private void want(String workerId, Want want) {
        WorkerPod worker = workers.get(workerId);
        if (worker != null) {
            worker.want(want);
        }
    }

    /** Ends come before launches; nothing is launched before it is known what is there. */
    private void callAll(PodApi api, Instant now) {
        for (boolean creations : new boolean[] {false, true}) {
            for (WorkerPod worker : workers.values()) {
                if (errands.open() >= pacing.parallel()) {
                    return;
                }
                if (worker.toBeCreated() == creations) {
                    callFor(worker, api, now);
                }
            }
        }
    }

    private void callFor(WorkerPod worker, PodApi api, Instant now) {
        PodCall call = worker.due(now);
        switch (call) {
            case null -> {}
            case PodCall.Create create -> creation.create(worker, create, api, workers.values());
            case PodCall.Look look -> {
                worker.calling(look);
                errands.ask(
                        () -> api.find(look.name()),
                        pod -> worker.looked(pod.orElse(null), now()),
                        _ -> worker.failed(now()));
            }
            case PodCall.Delete delete -> {
                worker.calling(delete);
                delete(worker, delete, api);
            }
            case PodCall.ReadLog read -> {
                worker.calling(read);
                errands.ask(() -> api.log(read.name()), worker::logged, _ -> worker.logged(null));
            }
        }
    }

    private void delete(WorkerPod worker, PodCall.Delete delete, PodApi api) {
        errands.ask(
                () -> {
                    if (delete.unlessReady() && settings.reported().wasReady(worker.workerId())) {
                        return false;
                    }
                    api.delete(delete.name(), delete.uid(), delete.grace());
                    return true;
                },
                done -> {
                    if (done) {
                        worker.deleted(delete, now());
                    } else {
                        worker.spared();
                    }
                },
                problem -> {
                    if (problem.kind() == ApiProblem.Kind.ABSENT) {
                        worker.absent();
                    } else {
                        LOG.log(
                                Level.WARNING,
                                "pod {0} is not deleted yet: {1}",
                                delete.name(),
                                problem.message());
                        worker.failed(now());
                    }
                });
    }

    private Instant now() {
        return settings.clock().instant();
    }

    /**
     * Takes in what is seen of the pods. Labels may be alike where ids are long; annotations are
     * exact.
     */
    private final class Pods implements PodSight.Sightings {

        @Override
        public void seen(Pod pod) {
            Ownership.of(pod).filter(this::ours).ifPresent(owner -> take(owner, pod));
        }

        @Override
        public void gone(Pod pod) {
            creation.hurry();
            Ownership.of(pod)
                    .filter(this::ours)
                    .map(owner -> workers.get(owner.workerId()))
                    .ifPresent(worker -> worker.gone(pod));
        }

        @Override
        public Set<String> known() {
            return workers.values().stream()
                    .flatMap(worker -> worker.there().stream())
                    .collect(Collectors.toSet());
        }

        @Override
        public void missing(String name) {
            workers.values().stream()
                    .filter(worker -> worker.there().filter(name::equals).isPresent())
                    .forEach(WorkerPod::missing);
        }

        private void take(Ownership owner, Pod pod) {
            String id = owner.workerId();
            WorkerPod worker = workers.get(id);
            if (worker == null) {
                workers.put(id, WorkerPod.found(id, pod, pacing, settings.reported(), now()));
            } else {
                worker.seen(pod, now());
            }
        }

        private boolean ours(Ownership owner) {
            return owner.deploymentId().equals(deploymentId);
        }
    }
}
