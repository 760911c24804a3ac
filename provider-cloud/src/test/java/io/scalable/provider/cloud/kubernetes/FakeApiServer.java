package io.scalable.provider.cloud.kubernetes;

import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.crud.AttributeSet;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An API server without a cluster: fabric8's, with graceful deletion as the real one has it, and
 * with refusals as scripted. Thread-safe.
 */
final class FakeApiServer extends KubernetesCrudDispatcher implements AutoCloseable {

    /** A refusal: to be given for calls of a method on paths that contain some text. */
    record Refusal(String method, String path, int code, String reason, String message) {}

    private final KubernetesMockServer server;
    private final List<Refusal> refusals = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Set<WebSocket> sockets = ConcurrentHashMap.newKeySet();
    private final Set<Line> lines = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean expired = new AtomicBoolean();
    private volatile Consumer<Pod> created = _ -> {};
    private volatile Consumer<Pod> deleting = _ -> {};

    FakeApiServer() {
        server =
                new KubernetesMockServer(
                        new Context(Serialization.jsonMapper()),
                        new MockWebServer(),
                        new HashMap<>(),
                        this,
                        false);
        server.start();
    }

    /** A client that waits for nothing twice. */
    KubernetesClient client() {
        return KubernetesClients.tuned(server.createClient().getConfiguration());
    }

    void onCreated(Consumer<Pod> listener) {
        created = listener;
    }

    /** A running pod is asked to end. */
    void onDeleting(Consumer<Pod> listener) {
        deleting = listener;
    }

    void refuse(Refusal refusal) {
        refusals.add(refusal);
    }

    void refuseNothing() {
        refusals.clear();
    }

    /** What was asked for so far: {@code POST /api/v1/...}. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    long count(String method, String path) {
        return requests.stream()
                .filter(line -> line.startsWith(method + " ") && line.contains(path))
                .count();
    }

    synchronized List<Pod> pods() {
        return all(Pod.class);
    }

    synchronized List<Secret> secrets() {
        return all(Secret.class);
    }

    synchronized Optional<Pod> pod(String workerId) {
        return pods().stream()
                .filter(
                        pod ->
                                Ownership.of(pod)
                                        .filter(o -> o.workerId().equals(workerId))
                                        .isPresent())
                .findFirst();
    }

    /** Changes a pod, if it is there, as its node does. */
    synchronized void change(String name, Consumer<Pod> change) {
        pods().stream()
                .filter(pod -> pod.getMetadata().getName().equals(name))
                .findFirst()
                .ifPresent(
                        pod -> {
                            change.accept(pod);
                            put(pod);
                        });
    }

    /** The pod's object is gone. */
    synchronized void remove(String name) {
        pods().stream()
                .filter(pod -> pod.getMetadata().getName().equals(name))
                .findFirst()
                .ifPresent(pod -> super.handleDelete(path(pod)));
    }

    /** Watches that are open. */
    int watches() {
        return sockets.size();
    }

    /** Watches that are open now tell nothing any more, and stay open. */
    void mute() {
        lines.forEach(line -> line.cut = true);
    }

    /** Ends all watches. */
    void breakWatches() {
        sockets.forEach(socket -> socket.close(1001, "going away"));
    }

    /** The next watch is told that what it has seen is too old. */
    void forgetHistory() {
        expired.set(true);
    }

    @Override
    public MockResponse handleWatch(String path) {
        if (expired.getAndSet(false)) {
            return new MockResponse().withWebSocketUpgrade(new Expired());
        }
        WebSocketListener watch = super.handleWatch(path).getWebSocketListener();
        return new MockResponse().withWebSocketUpgrade(new Counted(watch));
    }

    @Override
    public synchronized MockResponse dispatch(RecordedRequest request) {
        String method = request.method().toString();
        String path = request.getPath();
        requests.add(method + " " + path);
        for (Refusal refusal : refusals) {
            if (refusal.method().equals(method) && path.contains(refusal.path())) {
                return refused(refusal.code(), refusal.reason(), refusal.message());
            }
        }
        if (path.contains("/log")) {
            return new MockResponse().setResponseCode(200).setBody("its last words\n");
        }
        if (method.equals("DELETE") && path.contains("/pods/")) {
            return deletePod(path, request.getUtf8Body());
        }
        MockResponse response = super.dispatch(request);
        if (method.equals("POST") && path.endsWith("/pods") && response.code() == 201) {
            var body = new String(response.getBody().getBytes(), StandardCharsets.UTF_8);
            created.accept(Serialization.unmarshal(body, Pod.class));
        }
        return response;
    }

    @Override
    public void close() {
        server.destroy();
    }

    private MockResponse deletePod(String path, String body) {
        var options = Serialization.unmarshal(body, DeleteOptions.class);
        String name = path.substring(path.lastIndexOf('/') + 1);
        Pod pod =
                pods().stream()
                        .filter(p -> p.getMetadata().getName().equals(name))
                        .findFirst()
                        .orElse(null);
        if (pod == null) {
            return refused(404, "NotFound", "pods \"" + name + "\" not found");
        }
        String uid =
                options.getPreconditions() == null ? null : options.getPreconditions().getUid();
        if (uid != null && !uid.equals(pod.getMetadata().getUid())) {
            return refused(409, "Conflict", "the UID in the precondition does not match");
        }
        Long grace = options.getGracePeriodSeconds();
        if (grace != null && grace > 0 && PodEnd.of(pod) == null && Containers.runs(pod)) {
            pod.getMetadata()
                    .setDeletionTimestamp(
                            Instant.now()
                                    .plusSeconds(grace)
                                    .truncatedTo(ChronoUnit.SECONDS)
                                    .toString());
            pod.getMetadata().setDeletionGracePeriodSeconds(grace);
            put(pod);
            deleting.accept(pod);
            return new MockResponse().setResponseCode(200).setBody(Serialization.asJson(pod));
        }
        return super.handleDelete(path);
    }

    private void put(Pod pod) {
        AttributeSet key = getKey(path(pod));
        var entry = findResource(key);
        if (entry != null) {
            pod.getMetadata().setResourceVersion(String.valueOf(requestResourceVersion()));
            String json = Serialization.asJson(pod);
            processEvent(
                    path(pod),
                    key,
                    entry.getKey(),
                    Serialization.unmarshal(json, GenericKubernetesResource.class),
                    json);
        }
    }

    private static String path(Pod pod) {
        return "/api/v1/namespaces/"
                + pod.getMetadata().getNamespace()
                + "/pods/"
                + pod.getMetadata().getName();
    }

    private <T extends HasMetadata> List<T> all(Class<T> type) {
        return new ArrayList<>(map.values())
                .stream()
                        .filter(json -> kind(json).equals(type.getSimpleName()))
                        .map(json -> Serialization.unmarshal(json, type))
                        .toList();
    }

    private static String kind(String json) {
        Object kind = Serialization.unmarshal(json, Map.class).get("kind");
        return String.valueOf(kind);
    }

    private static MockResponse refused(int code, String reason, @Nullable String message) {
        var status =
                new StatusBuilder()
                        .withStatus("Failure")
                        .withCode(code)
                        .withReason(reason)
                        .withMessage(message)
                        .build();
        return new MockResponse().setResponseCode(code).setBody(Serialization.asJson(status));
    }

    /** A socket that may be cut without either side's knowing. */
    private static final class Line implements WebSocket {

        private final WebSocket socket;
        private volatile boolean cut;

        Line(WebSocket socket) {
            this.socket = socket;
        }

        @Override
        public RecordedRequest request() {
            return socket.request();
        }

        @Override
        public boolean send(String text) {
            return cut || socket.send(text);
        }

        @Override
        public boolean send(byte[] bytes) {
            return cut || socket.send(bytes);
        }

        @Override
        public boolean close(int code, String reason) {
            return socket.close(code, reason);
        }
    }

    /** A watch that can be broken. */
    private final class Counted extends WebSocketListener {

        private final WebSocketListener watch;

        Counted(WebSocketListener watch) {
            this.watch = watch;
        }

        @Override
        public void onOpen(WebSocket socket, Response response) {
            sockets.add(socket);
            var line = new Line(socket);
            lines.add(line);
            watch.onOpen(line, response);
        }

        @Override
        public void onClosing(WebSocket socket, int code, String reason) {
            sockets.remove(socket);
            watch.onClosing(socket, code, reason);
        }

        @Override
        public void onClosed(WebSocket socket, int code, String reason) {
            sockets.remove(socket);
            watch.onClosed(socket, code, reason);
        }

        @Override
        public void onFailure(WebSocket socket, Throwable error, Response response) {
            sockets.remove(socket);
            watch.onFailure(socket, error, response);
        }
    }

    /** A watch from a version that the server does not know any more. */
    private static final class Expired extends WebSocketListener {

        @Override
        public void onOpen(WebSocket socket, Response response) {
            boolean unused =
                    socket.send(
                            "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"apiVersion\":"
                                    + "\"v1\",\"code\":410,\"reason\":\"Expired\",\"message\":"
                                    + "\"too old resource version\"}}");
        }
    }
}
