package io.scalable.dispatcher.messaging;

import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.Limits;
import io.scalable.contracts.kafka.SchemaHeader;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.task.TaskEvent;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.Assignment;
import io.scalable.contracts.worker.Assignment.LeaseGranted;
import io.scalable.dispatcher.domain.Decision;
import io.scalable.dispatcher.domain.Decision.Addressed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns a decision into bytes, all of it, before any of it is carried out: what cannot be written
 * is found before anything has changed.
 */
final class DecisionEncoder {

    private static final JsonCodec<TaskEvent> EVENT = JsonCodec.of(TaskEvent.class);
    private static final JsonCodec<Assignment> ASSIGNMENT = JsonCodec.of(Assignment.class);
    private static final JsonCodec<TaskResult> RESULT = JsonCodec.of(TaskResult.class);
    private static final JsonCodec<PoolDemand> DEMAND = JsonCodec.of(PoolDemand.class);

    private final TaskSpans spans;

    DecisionEncoder(TaskSpans spans) {
        this.spans = spans;
    }

    /**
     * A decision as it is written.
     *
     * @param rows what changed; empty for a row that is gone
     * @param shared records for topics that deployments share
     * @param results for the deployment's results topic
     * @param assignments for the deployment's assignments topic, in order
     */
    record Encoded(
            Map<String, Optional<byte[]>> rows,
            List<Outgoing> shared,
            List<EncodedResult> results,
            List<Outgoing> assignments) {}

    /** The result of a task. */
    record EncodedResult(String taskId, Outgoing record) {}

    /**
     * Encodes a decision.
     *
     * @throws InvalidRecordException if a part of it is larger than its topic takes; the message
     *     names it
     */
    Encoded encode(String deploymentId, Decision decision) {
        byte[] key = bytes(deploymentId);
        var rows = new LinkedHashMap<String, Optional<byte[]>>();
        decision.rows()
                .forEach(
                        (name, row) ->
                                rows.put(
                                        name,
                                        row.map(
                                                r ->
                                                        fitting(
                                                                "the row " + name,
                                                                Limits.OWN_RECORD_BYTES,
                                                                RowMapping.encode(r)))));
        var shared = new ArrayList<Outgoing>();
        for (TaskEvent event : decision.events()) {
            shared.add(
                    outgoing(
                            key,
                            Topics.TASK_EVENTS,
                            null,
                            (java.lang.Record) event,
                            EVENT.encode(event)));
        }
        PoolDemand demand = decision.demand();
        if (demand != null) {
            shared.add(demand(key, demand));
        } else if (decision.demandGone()) {
            shared.add(new Outgoing(key, Topics.POOL_DEMAND, null, null, List.of()));
        }
        var results = new ArrayList<EncodedResult>();
        for (TaskResult result : decision.results()) {
            spans.ended(result);
            results.add(
                    new EncodedResult(
                            result.taskId(),
                            outgoing(
                                    key,
                                    Topics.results(deploymentId),
                                    0,
                                    result,
                                    RESULT.encode(result))));
        }
        var assignments = new ArrayList<Outgoing>();
        for (Addressed addressed : decision.assignments()) {
            for (Assignment part : parts(addressed.assignment())) {
                assignments.add(
                        outgoing(
                                bytes(part.workerId()),
                                Topics.assignments(deploymentId),
                                addressed.partition(),
                                (java.lang.Record) part,
                                ASSIGNMENT.encode(part)));
            }
        }
        return new Encoded(rows, shared, results, assignments);
    }

    private List<Assignment> parts(Assignment assignment) {
        return assignment instanceof LeaseGranted lease
                ? LeaseParts.of(spans.leased(lease))
                : List.of(assignment);
    }

    /** Which tasks moved is for those who follow each; a line that would not fit goes without. */
    private static Outgoing demand(byte[] key, PoolDemand demand) {
        byte[] json = DEMAND.encode(demand);
        if (json.length > Limits.SHARED_RECORD_BYTES - Limits.RECORD_OVERHEAD_BYTES) {
            json =
                    DEMAND.encode(
                            new PoolDemand(
                                    demand.deploymentId(),
                                    demand.at(),
                                    demand.type(),
                                    demand.nowSeconds(),
                                    demand.pools(),
                                    List.of(),
                                    List.of(),
                                    demand.missing()));
        }
        return outgoing(key, Topics.POOL_DEMAND, null, demand, json);
    }

    private static Outgoing outgoing(
            byte[] key,
            String topic,
            @Nullable Integer partition,
            java.lang.Record record,
            byte[] value) {
        int most = Topics.recordBytes(topic);
        return new Outgoing(
                key,
                topic,
                partition,
                fitting("a " + record.getClass().getSimpleName(), most, value),
                SchemaHeader.of(record));
    }

    private static byte[] fitting(String what, int most, byte[] value) {
        if (value.length > most - Limits.RECORD_OVERHEAD_BYTES) {
            throw new InvalidRecordException(
                    "%s would have %d bytes, %d are accepted"
                            .formatted(what, value.length, most - Limits.RECORD_OVERHEAD_BYTES),
                    null);
        }
        return value;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
