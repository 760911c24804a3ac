package io.scalable.contracts.kafka;

import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.Limits;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.DurationsLearned;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.scaling.ScaleRequested;
import io.scalable.contracts.service.ServiceEvent;
import io.scalable.contracts.task.TaskCommandRecord;
import io.scalable.contracts.task.TaskEventRecord;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.topic.DeadLetter;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.AssignmentRecord;
import io.scalable.contracts.worker.Launch;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.contracts.worker.WorkerReportRecord;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The one decoder of everything that stands on a topic. It checks size, nesting, required fields
 * and {@link RecordLimits} of every record, whoever wrote it. Thread-safe.
 */
public final class TopicRecords {

    private static final Map<String, JsonCodec<?>> SHARED =
            Map.ofEntries(
                    Map.entry(Topics.DEPLOYMENTS, codec(DeploymentSpec.class)),
                    Map.entry(Topics.TASKS, report(TaskCommandRecord.class)),
                    Map.entry(Topics.WORKER_REPORTS, report(WorkerReportRecord.class)),
                    Map.entry(Topics.TASK_EVENTS, codec(TaskEventRecord.class)),
                    Map.entry(Topics.POOL_DEMAND, codec(PoolDemand.class)),
                    Map.entry(Topics.SCALE_REQUESTS, codec(ScaleRequested.class)),
                    Map.entry(Topics.SCALE_PLANS, codec(ScalePlan.class)),
                    Map.entry(Topics.ESTIMATES, codec(DurationsLearned.class)),
                    Map.entry(Topics.WORKER_LIFECYCLE, codec(WorkerLifecycle.class)),
                    Map.entry(Topics.LAUNCHES, codec(Launch.class)),
                    Map.entry(Topics.DEAD_LETTERS, codec(DeadLetter.class)),
                    Map.entry(Topics.SERVICE_EVENTS, codec(ServiceEvent.class)));
    private static final JsonCodec<AssignmentRecord> ASSIGNMENTS = codec(AssignmentRecord.class);
    private static final JsonCodec<TaskResult> RESULTS = codec(TaskResult.class);

    /** Topics of which a record without a value takes back what stood under its key. */
    private static final Set<String> WITH_TOMBSTONES =
            Set.of(
                    Topics.DEPLOYMENTS,
                    Topics.POOL_DEMAND,
                    Topics.SCALE_PLANS,
                    Topics.ESTIMATES,
                    Topics.LAUNCHES,
                    Topics.SERVICE_EVENTS);

    /** Whether the schemas' validator is there: services have it, libraries need not. */
    private static final boolean EXPLAINS = isPresent("com.networknt.schema.JsonSchemaFactory");

    private TopicRecords() {}

    /**
     * Decodes and checks a record.
     *
     * @throws InvalidRecordException if it is not what its topic promises; the message names the
     *     field, what was found there and what is wanted, or the limit
     */
    public static TopicRecord decode(String topic, byte @Nullable [] key, byte @Nullable [] value) {
        return decode(topic, key == null ? null : new String(key, StandardCharsets.UTF_8), value);
    }

    /** The same for a consumer whose keys are text; see {@link #decode(String, byte[], byte[])}. */
    public static TopicRecord decode(String topic, @Nullable String key, byte @Nullable [] value) {
        if (value == null) {
            return tombstone(topic, key);
        }
        int most = Topics.recordBytes(topic);
        if (value.length > most) {
            throw invalid(
                    "a record on %s may have %d bytes, this one has %d"
                            .formatted(topic, most, value.length));
        }
        Object body;
        try {
            body = codec(topic).decode(value);
            RecordLimits.check(body);
        } catch (InvalidRecordException e) {
            throw EXPLAINS ? SchemaExplanation.of(topic, value).orElse(e) : e;
        }
        return new TopicRecord.Present(deploymentOf(body, key), (Record) body);
    }

    private static boolean isPresent(String name) {
        try {
            Class<?> _ = Class.forName(name, false, TopicRecords.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static TopicRecord tombstone(String topic, @Nullable String key) {
        if (!WITH_TOMBSTONES.contains(topic)) {
            throw invalid("a record without a value means nothing on " + topic);
        }
        if (key == null || key.isEmpty()) {
            throw invalid("a record with neither key nor value means nothing on " + topic);
        }
        boolean keyed = !topic.equals(Topics.LAUNCHES) && !topic.equals(Topics.SERVICE_EVENTS);
        if (keyed) {
            RecordLimits.deploymentId(key);
        }
        return new TopicRecord.Tombstone(keyed ? key : null, key);
    }

    private static JsonCodec<?> codec(String topic) {
        if (Topics.isAssignments(topic)) {
            return ASSIGNMENTS;
        }
        if (Topics.isResults(topic)) {
            return RESULTS;
        }
        JsonCodec<?> codec = SHARED.get(topic);
        if (codec == null) {
            throw invalid("no record of Scalable stands on " + topic);
        }
        return codec;
    }

    private static @Nullable String deploymentOf(Object body, @Nullable String key) {
        return switch (body) {
            case DeploymentSpec spec -> spec.deploymentId();
            case TaskCommandRecord command -> command.deploymentId();
            case WorkerReportRecord report -> report.deploymentId();
            case TaskEventRecord event -> event.deploymentId();
            case PoolDemand demand -> demand.deploymentId();
            case ScaleRequested request -> request.deploymentId();
            case ScalePlan plan -> plan.deploymentId();
            case DurationsLearned durations -> durations.deploymentId();
            case WorkerLifecycle event -> event.deploymentId();
            case Launch launch -> launch.deploymentId();
            case TaskResult result -> result.deploymentId();
            case ServiceEvent.DeploymentSetAside event -> event.deploymentId();
            case ServiceEvent.DeploymentReleased event -> event.deploymentId();
            case DeadLetter _ -> key;
            default -> null;
        };
    }

    private static <T> JsonCodec<T> codec(Class<T> type) {
        return JsonCodec.of(type, Limits.RECORD_DEPTH);
    }

    private static <T> JsonCodec<T> report(Class<T> type) {
        return JsonCodec.of(type, Limits.REPORT_DEPTH);
    }

    private static InvalidRecordException invalid(String message) {
        return new InvalidRecordException(message, null);
    }
}
