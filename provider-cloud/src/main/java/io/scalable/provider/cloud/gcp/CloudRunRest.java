package io.scalable.provider.cloud.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@link CloudRun} over its REST API, version 2. */
final class CloudRunRest implements CloudRun {

    private static final String PAGE = "100";

    private final GoogleRest rest;
    private final String parent;

    CloudRunRest(GoogleRest rest, String project, String region) {
        this.rest = rest;
        this.parent = "projects/" + project + "/locations/" + region;
    }

    @Override
    public Operation create(String name, JsonNode pool) {
        return operation(
                rest.ask(
                        "create worker pool " + name,
                        "POST",
                        "v2/" + parent + "/workerPools",
                        Map.of("workerPoolId", name),
                        pool));
    }

    @Override
    public Operation delete(String name) {
        return operation(
                rest.ask(
                        "delete worker pool " + name,
                        "DELETE",
                        "v2/" + parent + "/workerPools/" + name,
                        Map.of(),
                        null));
    }

    @Override
    public Operation operation(String name) {
        return operation(rest.ask("look at " + name, "GET", "v2/" + name, Map.of(), null));
    }

    @Override
    public List<SeenPool> list() {
        var pools = new ArrayList<SeenPool>();
        String next = "";
        do {
            var query = new HashMap<>(Map.of("pageSize", PAGE));
            if (!next.isEmpty()) {
                query.put("pageToken", next);
            }
            JsonNode page =
                    rest.ask(
                            "list the worker pools of " + parent,
                            "GET",
                            "v2/" + parent + "/workerPools",
                            query,
                            null);
            page.path("workerPools").forEach(pool -> SeenPool.of(pool).ifPresent(pools::add));
            next = page.path("nextPageToken").asText("");
        } while (!next.isEmpty());
        return pools;
    }

    @Override
    public void close() {
        rest.close();
    }

    private static Operation operation(JsonNode answer) {
        JsonNode error = answer.path("error");
        return new Operation(
                answer.path("name").asText(""),
                answer.path("done").asBoolean(false),
                error.isObject() ? GoogleErrors.operation(error) : null);
    }
}
