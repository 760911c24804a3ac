package io.scalable.provider.cloud.kubernetes;

import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Preconditions;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The API server by a client, which is closed with this. */
final class ClientPodApi implements PodApi {

    private static final int LOG_LINES = 20;
    private static final int LOG_BYTES = 8 * 1024;

    private final KubernetesClient client;
    private final String namespace;
    private final ApiCalls calls;

    ClientPodApi(KubernetesClient client, String namespace, ApiCalls calls) {
        this.client = client;
        this.namespace = namespace;
        this.calls = calls;
    }

    @Override
    public String create(Pod pod) {
        return call("create pods", () -> pods().resource(pod).create().getMetadata().getUid());
    }

    @Override
    public Optional<Pod> find(String name) {
        return call("get pods", () -> Optional.ofNullable(pods().withName(name).get()));
    }

    /** The client itself knows no precondition on the uid. */
    @Override
    public void delete(String name, String uid, int grace) {
        var options = new DeleteOptions();
        options.setGracePeriodSeconds((long) grace);
        options.setPreconditions(new Preconditions(null, uid));
        call("delete pods", () -> client.raw(path("pods", name), "DELETE", options));
    }

    @Override
    public String log(String name) {
        return call(
                "get pods/log",
                () ->
                        pods().withName(name)
                                .inContainer(PodTemplate.WORKER)
                                .limitBytes(LOG_BYTES)
                                .tailingLines(LOG_LINES)
                                .getLog());
    }

    /** An update without a version needs no right to read. */
    @Override
    public String put(Secret secret) {
        try {
            return call(
                    "create secrets",
                    () ->
                            client.secrets()
                                    .inNamespace(namespace)
                                    .resource(secret)
                                    .create()
                                    .getMetadata()
                                    .getUid());
        } catch (ApiException e) {
            if (e.problem().kind() != ApiProblem.Kind.TAKEN) {
                throw e;
            }
            String name = secret.getMetadata().getName();
            String updated =
                    call("update secrets", () -> client.raw(path("secrets", name), "PUT", secret));
            return client.getKubernetesSerialization()
                    .unmarshal(updated, Secret.class)
                    .getMetadata()
                    .getUid();
        }
    }

    @Override
    public void deleteSecret(String name) {
        try {
            call(
                    "delete secrets",
                    () -> client.raw(path("secrets", name), "DELETE", new DeleteOptions()));
        } catch (ApiException e) {
            if (e.problem().kind() != ApiProblem.Kind.ABSENT) {
                throw e;
            }
        }
    }

    /**
     * The first listing is the server's newest, not a cached one: what it lacks does not exist.
     * Later ones are made whenever the watch cannot go on.
     */
    @Override
    public PodWatch watch(Map<String, String> labels, PodListener listener) {
        calls.count("watch pods");
        SharedIndexInformer<Pod> informer =
                client.pods()
                        .inNamespace(namespace)
                        .withLabels(labels)
                        .runnableInformer(0)
                        .initialState(Stream.empty())
                        .addEventHandler(new Handler(listener))
                        .exceptionHandler(
                                (_, error) -> {
                                    listener.failed(problem(error, "list and watch pods"));
                                    return true;
                                });
        var closed = new AtomicBoolean();
        informer.start()
                .whenComplete(
                        (_, error) -> {
                            if (error == null) {
                                listener.listed();
                            }
                        });
        return new PodWatch() {
            @Override
            public boolean alive() {
                return !closed.get() && informer.isWatching();
            }

            @Override
            public void close() {
                closed.set(true);
                informer.stop();
            }
        };
    }

    @Override
    public void close() {
        client.close();
    }

    private NonNamespaceOperation<Pod, ?, PodResource> pods() {
        return client.pods().inNamespace(namespace);
    }

    private String path(String resource, String name) {
        return "/api/v1/namespaces/" + namespace + "/" + resource + "/" + name;
    }

    private <T> T call(String what, Supplier<T> call) {
        calls.count(what);
        try {
            return call.get();
        } catch (KubernetesClientException e) {
            throw new ApiException(problem(e, what), e);
        }
    }

    private ApiProblem problem(Throwable error, String what) {
        Throwable cause = error;
        while (!(cause instanceof KubernetesClientException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return ApiProblem.of(cause, what, namespace);
    }

    /** Hands on what an informer tells. */
    private record Handler(PodListener listener) implements ResourceEventHandler<Pod> {

        @Override
        public void onAdd(Pod pod) {
            listener.seen(pod);
        }

        @Override
        public void onUpdate(Pod before, Pod pod) {
            listener.seen(pod);
        }

        @Override
        public void onDelete(Pod pod, boolean unsure) {
            listener.gone(pod);
        }
    }
}
