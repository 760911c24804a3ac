package io.scalable.dispatcher.messaging;

import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.kafka.SchemaHeader;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.task.TaskEvent;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.topic.DeadLetter;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.Assignment;
import io.scalable.contracts.worker.Assignment.LeaseGranted;
import io.scalable.dispatcher.domain.Command;
import io.scalable.dispatcher.domain.Command.LeaseUndeliverable;
import io.scalable.dispatcher.domain.Decision;
import io.scalable.dispatcher.domain.Decision.Addressed;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Carries out what was decided: puts events, results, assignments and demand on their topics. */
final class Carrier {

    private static final Logger LOG = Logger.getLogger(Carrier.class);

    /** The largest record of a deployment's own topics, less what Kafka adds to it. */
    static final int LARGEST_RECORD_BYTES = 16 * 1024 * 1024 - 16 * 1024;

    private static final JsonCodec<TaskEvent> EVENT = JsonCodec.of(TaskEvent.class);
    private static final JsonCodec<Assignment> ASSIGNMENT = JsonCodec.of(Assignment.class);
    private static final JsonCodec<TaskResult> RESULT = JsonCodec.of(TaskResult.class);
    private static final JsonCodec<DeadLetter> DEAD_LETTER = JsonCodec.of(DeadLetter.class);
    private static final JsonCodec<PoolDemand> DEMAND = JsonCodec.of(PoolDemand.class);

    private final ProcessorContext<byte[], Outgoing> context;
    private final LeaseFitter fitter = new LeaseFitter();
    private final MissingTopics missing = new MissingTopics();
    private final Farewell farewell;
    private final TaskSpans spans;

    Carrier(ProcessorContext<byte[], Outgoing> context, Farewell farewell, TaskSpans spans) {
        this.context = context;
        this.farewell = farewell;
        this.spans = spans;
    }

    /**
     * Sends the decision's effects.
     *
     * @param spec the deployment's spec; null if it has ended, or was never published
     * @return what the machine must be told of effects that cannot be carried out
     */
    List<Command> carry(
            String deploymentId, @Nullable DeploymentSpec spec, Decision decision, long now) {
        byte[] key = bytes(deploymentId);
        for (TaskEvent event : decision.events()) {
            send(
                    DispatcherTopology.OUT,
                    key,
                    outgoing(Topics.TASK_EVENTS, null, EVENT, event),
                    now);
        }
        for (TaskResult result : decision.results()) {
            spans.ended(result);
            toDeployment(key, outgoing(Topics.results(deploymentId), 0, RESULT, result), now);
        }
        var refused = new ArrayList<Command>();
        for (Addressed addressed : decision.assignments()) {
            if (spec == null) {
                farewell(deploymentId, addressed);
            } else {
                assign(deploymentId, spec.storage(), addressed, now, refused);
            }
        }
        PoolDemand demand = decision.demand();
        if (demand != null) {
            send(
                    DispatcherTopology.OUT,
                    key,
                    outgoing(Topics.POOL_DEMAND, null, DEMAND, demand),
                    now);
        }
        return refused;
    }

    /** Sends a record that nobody could use to the dead letters. */
    void send(byte[] key, DeadLetter letter, long now) {
        send(
                DispatcherTopology.OUT,
                key,
                outgoing(Topics.DEAD_LETTERS, null, DEAD_LETTER, letter),
                now);
    }

    private static <T> Outgoing outgoing(
            String topic, @Nullable Integer partition, JsonCodec<? super T> codec, T record) {
        return new Outgoing(topic, partition, codec.encode(record), headers(record));
    }

    private static List<Header> headers(Object record) {
        return SchemaHeader.of((java.lang.Record) record);
    }

    private void assign(
            String deploymentId,
            URI storage,
            Addressed addressed,
            long now,
            List<Command> refused) {
        Assignment assignment =
                addressed.assignment() instanceof LeaseGranted lease
                        ? spans.leased(lease)
                        : addressed.assignment();
        byte[] value = fitter.encode(assignment, storage);
        if (value.length > LARGEST_RECORD_BYTES && assignment instanceof LeaseGranted lease) {
            String reason =
                    "its input and its parents' results are "
                            + value.length
                            + " bytes of JSON, more than a record may have: return references to"
                            + " files, or make sure that the dispatcher can write to "
                            + storage;
            refused.add(new LeaseUndeliverable(lease.taskId(), lease.attempt(), reason));
            return;
        }
        var outgoing =
                new Outgoing(
                        Topics.assignments(deploymentId),
                        addressed.partition(),
                        value,
                        headers(assignment));
        toDeployment(bytes(assignment.workerId()), outgoing, now);
    }

    private void farewell(String deploymentId, Addressed addressed) {
        Assignment assignment = addressed.assignment();
        byte[] value = ASSIGNMENT.encode(assignment);
        String topic = Topics.assignments(deploymentId);
        farewell.send(
                bytes(assignment.workerId()),
                new Outgoing(topic, addressed.partition(), value, headers(assignment)));
    }

    /** A deployment's own topic may be gone, with its driver: that must not hold up the others. */
    private void toDeployment(byte[] key, Outgoing outgoing, long now) {
        if (missing.isMissing(outgoing.topic(), now)) {
            return;
        }
        try {
            send(DispatcherTopology.TO_DEPLOYMENT, key, outgoing, now);
        } catch (TaskMigratedException | TaskCorruptedException e) {
            throw e;
        } catch (TimeoutException | StreamsException e) {
            LOG.warnf(
                    "cannot write to %s, trying again later: %s", outgoing.topic(), e.getMessage());
            missing.add(outgoing.topic(), now);
        }
    }

    private void send(String sink, byte[] key, Outgoing outgoing, long now) {
        context.forward(
                new Record<>(key, outgoing, now, new RecordHeaders(outgoing.headers())), sink);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
