package io.scalable.provider.cloud.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.scalable.provider.backend.BackendUnavailableException;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.backend.WorkerBackend;
import io.scalable.provider.backend.WorkerStatus;
import io.scalable.provider.cloud.CloudSettings;
import io.scalable.provider.cloud.kubernetes.PodApi.PodListener;
import io.scalable.provider.cloud.kubernetes.PodApi.PodWatch;
import io.scalable.provider.cloud.kubernetes.WorkerPod.Want;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The workers of one deployment as pods. What is known comes from a watch; calls run on an
 * executor, a few at a time; what they answer is taken in by the next {@link #observe()}.
 */
final class KubernetesBackend implements WorkerBackend {

    private static final System.Logger LOG = System.getLogger(KubernetesBackend.class.getName());
    private static final Duration LAST_CALLS = Duration.ofSeconds(5);

    private final String deploymentId;
    private final Supplier<PodApi> connection;
    private final Function<LaunchOrder, Function<String, Pod>> template;
    private final Secret secret;
    private final CloudSettings settings;
    private final KubernetesPacing pacing;
    private final ExecutorService executor;
    private final Runnable onClose;

    private final Map<String, WorkerPod> workers = new LinkedHashMap<>();
    private final Queue<Runnable> news = new ConcurrentLinkedQueue<>();
    private @Nullable PodApi api;
    private @Nullable PodWatch watch;
    private @Nullable String secretUid;
    private boolean connecting;
    private boolean puttingSecret;
    private boolean listed;
    private volatile boolean closed;
    private @Nullable Instant heard;
    private String trouble = "the Kubernetes API has not answered yet";
    private @Nullable String limit;
    private int calling;
    private int failures;
    private Instant nextConnect = Instant.MIN;
    private Instant nextCreate = Instant.MIN;

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
            Function<LaunchOrder, Function<String, Pod>> template,
            Secret secret,
            CloudSettings settings,
            KubernetesPacing pacing,
            ExecutorService executor,
            Runnable onClose) {
        this.deploymentId = deploymentId;
        this.connection = connection;
        this.template = template;
        this.secret = secret;
        this.settings = settings;
        this.pacing = pacing;
        this.executor = executor;
        this.onClose = onClose;
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
        for (Runnable one = news.poll(); one != null; one = news.poll()) {
            one.run();
        }
        workers.values().removeIf(WorkerPod::finished);
        if (watch != null && watch.alive()) {
            heard = now;
        }
        if (!closed) {
            connect(now);
            callAll(now);
        }
        boolean stale = heard == null || heard.plus(pacing.stale()).isBefore(now);
        if (!listed || (stale && !closed)) {
            throw new BackendUnavailableException(trouble, null);
        }
        var listing = new HashMap<String, WorkerStatus>();
        workers.forEach(
                (id, worker) -> {
                    if (!worker.isForgotten()) {
                        listing.put(id, worker.status(limit, now));
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
        onClose.run();
        PodApi connected = api;
        if (connected != null) {
            Instant now = now();
            List<PodCall.Delete> left =
                    workers.values().stream()
                            .filter(WorkerPod::isForgotten)
                            .map(worker -> worker.due(now))
                            .flatMap(Stream::ofNullable)
                            .filter(PodCall.Delete.class::isInstance)
                            .map(PodCall.Delete.class::cast)
                            .toList();
            boolean none = listed && workers.values().stream().allMatch(WorkerPod::isForgotten);
            execute(() -> lastCalls(connected, left, none));
        }
        executor.shutdown();
        try {
            if (!executor.awaitTermination(LAST_CALLS.toMillis(), TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
        if (watch != null) {
            watch.close();
        }
        if (connected != null) {
            connected.close();
        }
    }

    private void lastCalls(PodApi connected, List<PodCall.Delete> left, boolean none) {
        try {
            left.forEach(delete -> remove(connected, delete));
            if (none) {
                connected.deleteSecret(secret.getMetadata().getName());
            }
        } catch (ApiException e) {
            LOG.log(
                    Level.WARNING,
                    "something of deployment {0} may be left: {1}",
                    deploymentId,
                    e.getMessage());
        }
    }

    private static void remove(PodApi connected, PodCall.Delete delete) {
        try {
            connected.delete(delete.name(), delete.uid(), delete.grace());
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

    private void connect(Instant now) {
        if (api != null || connecting || now.isBefore(nextConnect)) {
            return;
        }
        connecting = true;
        execute(
                () -> {
                    try {
                        PodApi made = connection.get();
                        if (closed) {
                            made.close();
                            return;
                        }
                        PodWatch begun =
                                made.watch(Ownership.selector(deploymentId), new Listener());
                        tell(
                                () -> {
                                    connecting = false;
                                    api = made;
                                    watch = begun;
                                });
                    } catch (RuntimeException e) {
                        tell(
                                () -> {
                                    connecting = false;
                                    trouble =
                                            "cannot connect to Kubernetes: "
                                                    + String.valueOf(e.getMessage());
                                    nextConnect = now().plus(pacing.wait(failures++));
                                });
                    }
                });
    }

    /** Ends come before launches; nothing is launched before it is known what is there. */
    private void callAll(Instant now) {
        PodApi connected = api;
        if (connected == null || !listed) {
            return;
        }
        for (boolean creations : new boolean[] {false, true}) {
            for (WorkerPod worker : workers.values()) {
                if (calling >= pacing.parallel()) {
                    return;
                }
                if (worker.toBeCreated() == creations) {
                    callFor(worker, connected, now);
                }
            }
        }
    }

    private void callFor(WorkerPod worker, PodApi connected, Instant now) {
        PodCall call = worker.due(now);
        switch (call) {
            case null -> {}
            case PodCall.Create create -> {
                if (now.isBefore(nextCreate)) {
                    return;
                }
                if (secretUid == null) {
                    putSecret(connected);
                } else {
                    if (limit != null) {
                        // One at a time, to see whether there is room again.
                        nextCreate = now.plus(pacing.wait(failures));
                    }
                    worker.calling(create);
                    create(worker, create, secretUid, connected);
                }
            }
            case PodCall.Look look -> {
                worker.calling(look);
                ask(
                        () -> connected.find(look.name()),
                        pod -> worker.looked(pod.orElse(null), now()),
                        problem -> worker.failed(now()));
            }
            case PodCall.Delete delete -> {
                worker.calling(delete);
                delete(worker, delete, connected);
            }
            case PodCall.ReadLog read -> {
                worker.calling(read);
                ask(
                        () -> connected.log(read.name()),
                        worker::logged,
                        problem -> worker.logged(null));
            }
        }
    }

    private void create(
            WorkerPod worker, PodCall.Create create, String secretOwner, PodApi connected) {
        ask(
                () -> connected.create(template.apply(create.order()).apply(secretOwner)),
                uid -> {
                    limit = null;
                    failures = 0;
                    nextCreate = Instant.MIN;
                    worker.created(uid, now());
                },
                problem -> {
                    worker.notCreated(problem, now());
                    notCreated(problem);
                });
    }

    private void putSecret(PodApi connected) {
        if (puttingSecret) {
            return;
        }
        puttingSecret = true;
        ask(
                () -> connected.put(secret),
                uid -> {
                    puttingSecret = false;
                    secretUid = uid;
                },
                problem -> {
                    puttingSecret = false;
                    switch (problem.kind()) {
                        case REFUSED, FORBIDDEN, ABSENT, TAKEN ->
                                workers.values().stream()
                                        .filter(WorkerPod::toBeCreated)
                                        .forEach(worker -> worker.refused(problem.message()));
                        case LIMIT, CONFLICT, UNAVAILABLE -> {
                            limit = problem.message();
                            nextCreate = now().plus(pacing.wait(failures++));
                        }
                    }
                });
    }

    private void notCreated(ApiProblem problem) {
        switch (problem.kind()) {
            case LIMIT, UNAVAILABLE -> {
                limit = problem.message();
                nextCreate = now().plus(pacing.wait(failures++));
            }
            case TAKEN, ABSENT, CONFLICT, REFUSED, FORBIDDEN -> {}
        }
    }

    private void delete(WorkerPod worker, PodCall.Delete delete, PodApi connected) {
        ask(
                () -> {
                    if (delete.unlessReady() && settings.reported().wasReady(worker.workerId())) {
                        return false;
                    }
                    connected.delete(delete.name(), delete.uid(), delete.grace());
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
                    switch (problem.kind()) {
                        case ABSENT -> worker.absent();
                        // The uid is another's: this pod is gone, which the watch will tell.
                        case CONFLICT, TAKEN, LIMIT, REFUSED, FORBIDDEN, UNAVAILABLE -> {
                            LOG.log(
                                    Level.WARNING,
                                    "pod {0} is not deleted yet: {1}",
                                    delete.name(),
                                    problem.message());
                            worker.failed(now());
                        }
                    }
                });
    }

    /** Asks on the executor; the host's thread takes in what came of it. */
    private <T> void ask(
            Supplier<T> question, Consumer<T> answered, Consumer<ApiProblem> complained) {
        calling++;
        execute(
                () -> {
                    Runnable answer;
                    try {
                        T result = question.get();
                        answer = () -> answered.accept(result);
                    } catch (ApiException e) {
                        answer = () -> complained.accept(e.problem());
                    } catch (RuntimeException e) {
                        var problem =
                                new ApiProblem(ApiProblem.Kind.UNAVAILABLE, String.valueOf(e));
                        answer = () -> complained.accept(problem);
                    }
                    Runnable taken = answer;
                    tell(
                            () -> {
                                calling--;
                                taken.run();
                            });
                });
    }

    private void execute(Runnable work) {
        try {
            executor.execute(work);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "closed: nothing more is asked", e);
        }
    }

    private void tell(Runnable one) {
        news.add(one);
        settings.changed().run();
    }

    private Instant now() {
        return settings.clock().instant();
    }

    /** Puts what the watch tells into the queue. */
    private final class Listener implements PodListener {

        @Override
        public void seen(Pod pod) {
            tell(() -> ours(pod, () -> take(pod)));
        }

        @Override
        public void gone(Pod pod) {
            tell(
                    () ->
                            ours(
                                    pod,
                                    () -> {
                                        nextCreate = Instant.MIN;
                                        WorkerPod worker = workers.get(workerOf(pod));
                                        if (worker != null) {
                                            worker.gone(pod);
                                        }
                                    }));
        }

        @Override
        public void listed() {
            tell(() -> listed = true);
        }

        @Override
        public void failed(ApiProblem problem) {
            tell(() -> trouble = problem.message());
        }

        private void take(Pod pod) {
            String id = workerOf(pod);
            WorkerPod worker = workers.get(id);
            if (worker == null) {
                workers.put(id, WorkerPod.found(id, pod, pacing, settings.reported(), now()));
            } else {
                worker.seen(pod, now());
            }
        }

        private String workerOf(Pod pod) {
            return Ownership.of(pod).orElseThrow().workerId();
        }

        /** Labels may be alike where ids are long; annotations are exact. */
        private void ours(Pod pod, Runnable work) {
            if (Ownership.of(pod).filter(o -> o.deploymentId().equals(deploymentId)).isPresent()) {
                work.run();
            }
        }
    }
}
