package io.scalable.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scalable.contracts.Json;
import io.scalable.contracts.Payload;
import io.scalable.contracts.Work;
import io.scalable.contracts.worker.Assignment.LeaseGranted;
import java.nio.file.Path;
import java.util.List;

/** Leases, attempts and inputs for tests. */
final class Leases {

    static final String DEPLOYMENT = "d1";
    static final String WORKER = "d1-forecast-1";

    private Leases() {}

    static LeaseGranted lease(String task, int index, int attempt, Work work) {
        return new LeaseGranted(
                WORKER,
                DEPLOYMENT + "/" + task + "/" + index,
                attempt,
                task,
                index,
                work,
                Payload.none(),
                List.of(),
                null);
    }

    static LeaseGranted withInput(LeaseGranted lease, String json) {
        return withInput(lease, Payload.of(json(json)));
    }

    static LeaseGranted withInput(LeaseGranted lease, Payload input) {
        return new LeaseGranted(
                lease.workerId(),
                lease.taskId(),
                lease.attempt(),
                lease.task(),
                lease.index(),
                lease.work(),
                input,
                lease.parents(),
                lease.timeoutSeconds());
    }

    static LeaseGranted withTimeout(LeaseGranted lease, double seconds) {
        return new LeaseGranted(
                lease.workerId(),
                lease.taskId(),
                lease.attempt(),
                lease.task(),
                lease.index(),
                lease.work(),
                lease.input(),
                lease.parents(),
                seconds);
    }

    static Attempt attempt(String task, int attempt) {
        return attempt(lease(task, 0, attempt, new Work.Handler("a.B::c")));
    }

    static Attempt attempt(LeaseGranted lease) {
        return new Attempt(lease, DEPLOYMENT, Path.of("/work-folder"));
    }

    static TaskInput input(String item, String needs) {
        return new TaskInput(json(item), 0, (ObjectNode) json(needs));
    }

    static JsonNode json(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
