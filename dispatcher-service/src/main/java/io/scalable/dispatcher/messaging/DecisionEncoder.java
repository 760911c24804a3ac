package io.scalable.dispatcher.messaging;

import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.Limits;
import io.scalable.contracts.kafka.Batches;
import io.scalable.contracts.kafka.Batches.Written;
import io.scalable.contracts.kafka.SchemaHeader;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.task.TaskEvent;
import io.scalable.contracts.task.TaskEventRecord;
import io.scalable.contracts.task.TaskEvents;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.Assignment;
import io.scalable.contracts.worker.Assignment.LeaseGranted;
import io.scalable.contracts.worker.AssignmentRecord;
import io.scalable.contracts.worker.Assignments;
import io.scalable.dispatcher.domain.Decision;
import io.scalable.dispatcher.domain.Decision.Addressed;
import io.scalable.dispatcher.domain.Row;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
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

    private static final JsonCodec<TaskEventRecord> EVENT = JsonCodec.of(TaskEventRecord.class);
    private static final JsonCodec<AssignmentRecord> ASSIGNMENT =
            JsonCodec.of(AssignmentRecord.class);
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
            Map<String, Optional<EncodedRow>> rows,
            List<Outgoing> shared,
            List<EncodedResult> results,
            List<Outgoing> assignments) {}

    /** The result of a task. */
    record EncodedResult(String taskId, Outgoing record) {}

    /**
     * Encodes decisions of one deployment that are carried out together.
     *
     * @throws InvalidRecordException if a part of them is larger than its topic takes; the message
     *     names it
     */
    Encoded encode(String deploymentId, List<Decision> decisions) {
        byte[] key = bytes(deploymentId);
        return new Encoded(
                rows(decisions),
                shared(deploymentId, key, decisions),
                results(deploymentId, key, decisions),
                assignments(deploymentId, decisions));
    }

    private static Map<String, Optional<EncodedRow>> rows(List<Decision> decisions) {
        var last = new LinkedHashMap<String, Optional<Row>>();
        for (Decision decision : decisions) {
            decision.rows()
                    .forEach(
                            (name, row) -> {
                                // In the order of last writes.
                                last.remove(name);
                                last.put(name, row);
                            });
        }
        var rows = new LinkedHashMap<String, Optional<EncodedRow>>();
        last.forEach((name, row) -> rows.put(name, row.map(EncodedRow::of)));
        return rows;
    }

    private static List<Outgoing> shared(
            String deploymentId, byte[] key, List<Decision> decisions) {
        var shared = new ArrayList<Outgoing>();
        List<TaskEvent> events = decisions.stream().flatMap(d -> d.events().stream()).toList();
        for (Written<TaskEventRecord> written :
                Batches.write(events, some -> new TaskEvents(deploymentId, some), EVENT)) {
            shared.add(outgoing(key, Topics.TASK_EVENTS, null, written));
        }
        for (Decision decision : decisions) {
            PoolDemand demand = decision.demand();
            if (demand != null) {
                shared.add(demand(key, demand));
            } else if (decision.demandGone()) {
                shared.add(new Outgoing(key, Topics.POOL_DEMAND, null, null, List.of()));
            }
        }
        return shared;
    }

    private List<EncodedResult> results(String deploymentId, byte[] key, List<Decision> decisions) {
        var results = new ArrayList<EncodedResult>();
        for (Decision decision : decisions) {
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
        }
        return results;
    }

    /** One record for each worker, and more where leases are large; a worker's are in order. */
    private List<Outgoing> assignments(String deploymentId, List<Decision> decisions) {
        var byWorker = new LinkedHashMap<String, List<Assignment>>();
        var partitions = new HashMap<String, Integer>();
        for (Decision decision : decisions) {
            for (Addressed addressed : decision.assignments()) {
                String worker = addressed.assignment().workerId();
                partitions.put(worker, addressed.partition());
                byWorker.computeIfAbsent(worker, _ -> new ArrayList<>())
                        .addAll(parts(addressed.assignment()));
            }
        }
        var assignments = new ArrayList<Outgoing>();
        byWorker.forEach(
                (worker, all) -> {
                    for (Written<AssignmentRecord> written :
                            Batches.write(all, some -> new Assignments(worker, some), ASSIGNMENT)) {
                        assignments.add(
                                outgoing(
                                        bytes(worker),
                                        Topics.assignments(deploymentId),
                                        partitions.get(worker),
                                        written));
                    }
                });
        return assignments;
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
            byte[] key, String topic, @Nullable Integer partition, Written<?> written) {
        return outgoing(key, topic, partition, (java.lang.Record) written.record(), written.json());
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
