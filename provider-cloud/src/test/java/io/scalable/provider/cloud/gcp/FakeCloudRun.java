package io.scalable.provider.cloud.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scalable.provider.cloud.gcp.FakeApi.Answer;
import io.scalable.provider.cloud.gcp.FakeApi.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The worker pools of Cloud Run over real HTTP, with containers as a test has them. Time is the
 * clock's: things happen as it passes, whenever somebody asks.
 */
final class FakeCloudRun implements AutoCloseable {

    static final String PARENT = "projects/my-project/locations/us-central1";

    /** The containers of the pools. Called while the fake is locked. */
    interface Containers {

        /** A pool's container was started, for the first time or again. */
        void started(String workerId, JsonNode container);

        /**
         * A container got SIGTERM.
         *
         * @return true if it ends at once
         */
        boolean stopped(String workerId);
    }

    /** What becomes of a pool, once its time has come. */
    private enum Life {
        COMING,
        UP,
        BROKEN,
        LEAVING
    }

    private static final class Pool {
        final JsonNode body;
        final String name;
        final Instant made;
        final String operation;
        Life life = Life.COMING;
        boolean container;
        Instant stopped = Instant.MAX;
        Instant restart = Instant.MAX;

        Pool(JsonNode body, String name, Instant made, String operation) {
            this.body = body;
            this.name = name;
            this.made = made;
            this.operation = operation;
        }

        String workerId() {
            return body.at("/annotations/scalable.io~1worker-id").asText();
        }
    }

    /** How long it takes, and what does not go well. May be changed while it runs. */
    static final class Manners {
        Duration creation = Duration.ZERO;
        Duration start = Duration.ZERO;
        Duration lag = Duration.ZERO;
        Duration grace = Duration.ofSeconds(10);
        int page = 100;
        int quota = 1000;
        String breaks = "";
        String operationError = "";
    }

    final Manners manners = new Manners();
    final FakeApi api;
    private final InstantSource clock;
    private final Containers containers;
    private final Map<String, Pool> pools = new LinkedHashMap<>();
    private final Map<String, ObjectNode> operations = new LinkedHashMap<>();
    private final List<String> everMade = new ArrayList<>();
    private int most;

    FakeCloudRun(DiscoveryDocument document, InstantSource clock, Containers containers) {
        this.clock = clock;
        this.containers = containers;
        this.api = new FakeApi(document, this::answer);
    }

    /** Workers whose container runs. */
    Set<String> alive() {
        synchronized (api) {
            pass();
            return pools.values().stream()
                    .filter(pool -> pool.container)
                    .map(Pool::workerId)
                    .collect(Collectors.toSet());
        }
    }

    /** Pools that are there, by name. */
    Set<String> pools() {
        synchronized (api) {
            pass();
            return Set.copyOf(pools.keySet());
        }
    }

    /** The workers of all pools that were ever made, in order. */
    List<String> everMade() {
        synchronized (api) {
            return List.copyOf(everMade);
        }
    }

    /** The most containers that ran at a time. */
    int most() {
        synchronized (api) {
            pass();
            return most;
        }
    }

    /** The pool of a worker as it was asked for. */
    JsonNode body(String workerId) {
        synchronized (api) {
            return pool(workerId).body;
        }
    }

    /** A container ends by itself: Cloud Run starts it again after {@code pause}. */
    void exit(String workerId, Duration pause) {
        synchronized (api) {
            pass();
            Pool pool = pool(workerId);
            pool.container = false;
            pool.restart = clock.instant().plus(pause);
        }
    }

    /** A pool is deleted by somebody else, or by its own worker. */
    void remove(String workerId) {
        synchronized (api) {
            pass();
            leave(pool(workerId));
            pass();
        }
    }

    @Override
    public void close() {
        api.close();
    }

    private Pool pool(String workerId) {
        return pools.values().stream()
                .filter(pool -> pool.workerId().equals(workerId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no pool of " + workerId));
    }

    private Answer answer(Request request) {
        pass();
        Answer answer =
                switch (request.method()) {
                    case "create" -> create(request);
                    case "delete" -> delete(request);
                    case "list" -> list(request);
                    case "get" ->
                            request.path().contains("/operations/")
                                    ? operation(request)
                                    : get(request);
                    default -> FakeApi.error(501, "UNIMPLEMENTED", request.method());
                };
        pass();
        return answer;
    }

    private Answer create(Request request) {
        String name = request.query().getOrDefault("workerPoolId", "");
        List<String> wrong = rules(name, request.body());
        if (!request.path().equals("v2/" + PARENT + "/workerPools")) {
            return FakeApi.error(403, "PERMISSION_DENIED", "Permission denied on resource.");
        }
        if (!wrong.isEmpty()) {
            wrong.forEach(api::violation);
            return FakeApi.error(400, "INVALID_ARGUMENT", String.join("; ", wrong));
        }
        if (pools.containsKey(name)) {
            return FakeApi.error(409, "ALREADY_EXISTS", "Resource '" + name + "' already exists.");
        }
        if (pools.size() >= manners.quota) {
            return FakeApi.error(
                    429, "RESOURCE_EXHAUSTED", "Quota exceeded for total worker pools per region.");
        }
        String operation = begin(name, "create");
        var pool = new Pool(request.body(), name, clock.instant(), operation);
        pools.put(name, pool);
        everMade.add(pool.workerId());
        return new Answer(200, operations.get(operation));
    }

    private Answer delete(Request request) {
        Pool pool = pools.get(last(request.path()));
        if (pool == null) {
            return FakeApi.error(404, "NOT_FOUND", "Resource '" + request.path() + "' not found.");
        }
        String operation = begin(pool.name, "delete");
        leave(pool);
        return new Answer(200, operations.get(operation));
    }

    private void leave(Pool pool) {
        if (pool.life != Life.LEAVING) {
            pool.life = Life.LEAVING;
            pool.stopped = clock.instant();
            pool.restart = Instant.MAX;
            pool.container = pool.container && !containers.stopped(pool.workerId());
        }
    }

    private Answer list(Request request) {
        Instant now = clock.instant();
        List<Pool> visible =
                pools.values().stream()
                        .filter(pool -> !now.isBefore(pool.made.plus(manners.lag)))
                        .toList();
        int from = Integer.parseInt(request.query().getOrDefault("pageToken", "0"));
        int size = Integer.parseInt(request.query().getOrDefault("pageSize", "100"));
        int to = Math.min(visible.size(), from + Math.min(size, manners.page));
        ObjectNode page = FakeApi.MAPPER.createObjectNode();
        ArrayNode all = page.putArray("workerPools");
        visible.subList(Math.min(from, to), to).forEach(pool -> all.add(view(pool)));
        if (to < visible.size()) {
            page.put("nextPageToken", String.valueOf(to));
        }
        return new Answer(200, page);
    }

    private Answer get(Request request) {
        Pool pool = pools.get(last(request.path()));
        return pool == null
                ? FakeApi.error(404, "NOT_FOUND", "Resource '" + request.path() + "' not found.")
                : new Answer(200, view(pool));
    }

    private Answer operation(Request request) {
        ObjectNode operation = operations.get(request.path().substring("v2/".length()));
        return operation == null
                ? FakeApi.error(404, "NOT_FOUND", "no such operation")
                : new Answer(200, operation);
    }

    private String begin(String pool, String what) {
        String name = PARENT + "/operations/" + pool + "-" + what + "-" + operations.size();
        operations.put(
                name, FakeApi.MAPPER.createObjectNode().put("name", name).put("done", false));
        return name;
    }

    private void finish(String operation) {
        ObjectNode node = operations.get(operation);
        if (node != null && !node.path("done").asBoolean()) {
            node.put("done", true);
            if (manners.operationError.isEmpty()) {
                node.putObject("response")
                        .put("@type", "type.googleapis.com/google.protobuf.Empty");
            } else {
                node.putObject("error").put("code", 8).put("message", manners.operationError);
            }
        }
    }

    /** Lets happen what is due. */
    private void pass() {
        Instant now = clock.instant();
        for (Pool pool : List.copyOf(pools.values())) {
            if (!now.isBefore(pool.made.plus(manners.creation))) {
                finish(pool.operation);
            }
            if (pool.life == Life.COMING
                    && !now.isBefore(pool.made.plus(manners.creation).plus(manners.start))) {
                boolean breaks = !manners.breaks.isEmpty() || !manners.operationError.isEmpty();
                pool.life = breaks ? Life.BROKEN : Life.UP;
                if (!breaks) {
                    start(pool);
                }
            }
            if (pool.life == Life.UP && !pool.container && !now.isBefore(pool.restart)) {
                pool.restart = Instant.MAX;
                start(pool);
            }
            if (pool.life == Life.LEAVING
                    && (!pool.container || !now.isBefore(pool.stopped.plus(manners.grace)))) {
                pool.container = false;
                Pool unused = pools.remove(pool.name);
                operations.keySet().stream()
                        .filter(name -> name.contains("/" + pool.name + "-delete-"))
                        .forEach(this::gone);
            }
        }
    }

    private void gone(String operation) {
        ObjectNode node = operations.get(operation);
        node.put("done", true);
        node.putObject("response").put("@type", "type.googleapis.com/google.protobuf.Empty");
    }

    private void start(Pool pool) {
        pool.container = true;
        most = Math.max(most, (int) pools.values().stream().filter(p -> p.container).count());
        containers.started(pool.workerId(), pool.body.at("/template/containers/0"));
    }

    private JsonNode view(Pool pool) {
        ObjectNode view = pool.body.deepCopy();
        view.put("name", PARENT + "/workerPools/" + pool.name);
        view.put("uid", "uid-" + pool.name);
        view.put("createTime", pool.made.toString());
        view.put("reconciling", pool.life == Life.COMING);
        ObjectNode ready = view.putObject("terminalCondition").put("type", "Ready");
        switch (pool.life) {
            case COMING -> ready.put("state", "CONDITION_RECONCILING").put("message", "Waiting.");
            case UP -> ready.put("state", "CONDITION_SUCCEEDED");
            case BROKEN ->
                    ready.put("state", "CONDITION_FAILED")
                            .put("message", "Revision is not ready.")
                            .put(
                                    "reason",
                                    manners.breaks.isEmpty() ? "REVISION_FAILED" : manners.breaks);
            case LEAVING -> {
                ready.put("state", "CONDITION_RECONCILING");
                view.put("deleteTime", pool.stopped.toString());
            }
        }
        return view;
    }

    /** What the API's pages say beyond its description. */
    private static List<String> rules(String name, JsonNode pool) {
        var wrong = new ArrayList<String>();
        if (name.length() >= 50 || !name.matches("[a-z]([a-z0-9-]*[a-z0-9])?")) {
            wrong.add("workerPoolId '" + name + "'");
        }
        pool.path("labels")
                .properties()
                .forEach(
                        label -> {
                            if (!label.getValue().asText().matches("[a-z0-9_-]{0,63}")) {
                                wrong.add("label " + label);
                            }
                        });
        JsonNode limits = pool.at("/template/containers/0/resources/limits");
        long mib = Long.parseLong(limits.path("memory").asText("0Mi").replace("Mi", ""));
        boolean fits =
                switch (limits.path("cpu").asText()) {
                    case "1" -> mib >= 512 && mib <= 4096;
                    case "2" -> mib >= 512 && mib <= 8192;
                    case "4" -> mib >= 2048 && mib <= 16384;
                    case "6" -> mib >= 4096 && mib <= 24576;
                    case "8" -> mib >= 4096 && mib <= 32768;
                    default -> false;
                };
        if (!fits) {
            wrong.add("limits " + limits);
        }
        return wrong;
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
