package io.scalable.dispatcher.messaging;

import io.micrometer.core.instrument.Metrics;
import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.kafka.DeadLetters;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.task.TaskResult;
import io.scalable.dispatcher.domain.Command;
import io.scalable.dispatcher.domain.Decision;
import io.scalable.dispatcher.domain.DispatcherMachine;
import io.scalable.dispatcher.domain.Row;
import io.scalable.dispatcher.domain.Rules;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Feeds the machines of one partition with records and time. */
final class DispatcherProcessor implements Processor<byte[], byte[], byte[], Outgoing> {

    private static final Logger LOG = Logger.getLogger(DispatcherProcessor.class);

    private final Rules rules;
    private final Duration tick;
    private final Placement placement;
    private final Farewell farewell;
    private final TaskSpans spans = new TaskSpans();
    private final Map<String, DispatcherMachine> machines = new TreeMap<>();
    private final Set<String> toRecover = new HashSet<>();
    private @Nullable ProcessorContext<byte[], Outgoing> context;
    private @Nullable RowStore rows;
    private @Nullable Carrier carrier;

    DispatcherProcessor(Rules rules, Duration tick, Placement placement, Farewell farewell) {
        this.rules = rules;
        this.tick = tick;
        this.placement = placement;
        this.farewell = farewell;
    }

    @Override
    public void init(ProcessorContext<byte[], Outgoing> initialized) {
        context = initialized;
        KeyValueStore<String, byte[]> store = initialized.getStateStore(RowStore.NAME);
        RowStore restored = new RowStore(store);
        rows = restored;
        carrier = new Carrier(initialized, farewell, spans);
        restored.all().keySet().forEach(this::rebuild);
        var unused = initialized.schedule(tick, PunctuationType.WALL_CLOCK_TIME, _ -> tick());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata position = context().recordMetadata().orElseThrow();
        @Nullable Inbound inbound;
        try {
            inbound = Inbound.decode(position.topic(), record.key(), record.value());
        } catch (InvalidRecordException e) {
            LOG.warnf(
                    "dead letter from %s-%d@%d: %s",
                    position.topic(), position.partition(), position.offset(), e.getMessage());
            Metrics.counter("scalable.dispatcher.invalid", "topic", position.topic()).increment();
            deadLetter(record, position, String.valueOf(e.getMessage()));
            return;
        }
        if (inbound == null) {
            return;
        }
        if (placement.misplaced(inbound.deploymentId(), position.partition(), record.headers())) {
            sendOn(record, position, inbound.deploymentId());
            return;
        }
        String problem = tell(inbound.deploymentId(), traced(inbound.command(), record));
        if (problem != null) {
            deadLetter(record, position, problem);
        }
    }

    private Command traced(Command command, Record<byte[], byte[]> record) {
        return command instanceof Command.Asked(SubmitTask task)
                ? new Command.Asked(spans.submitted(task, record.headers()))
                : command;
    }

    private void tick() {
        for (String deploymentId : List.copyOf(machines.keySet())) {
            String unused = tell(deploymentId, new Command.Tick());
        }
    }

    /** Has the machine decide, and carries that out; returns what went wrong, if anything. */
    private @Nullable String tell(String deploymentId, Command command) {
        DispatcherMachine machine =
                machines.computeIfAbsent(deploymentId, id -> DispatcherMachine.fresh(id, rules));
        if (toRecover.remove(deploymentId)) {
            String unused = tell(deploymentId, new Command.Recovered());
            String _ = tell(deploymentId, new Command.CaughtUp());
        }
        long now = context().currentSystemTimeMs();
        Decision decision;
        try {
            decision = machine.decide(command, Instant.ofEpochMilli(now));
        } catch (RuntimeException e) {
            LOG.errorf(
                    e,
                    "deployment %s: cannot decide %s; going on from the last rows",
                    deploymentId,
                    command.getClass().getSimpleName());
            rebuild(deploymentId);
            return "the dispatcher failed on it: " + e;
        }
        Objects.requireNonNull(rows).write(deploymentId, decision.rows());
        for (Command refused : carrier().carry(deploymentId, machine.spec(), decision, now)) {
            String unused = tell(deploymentId, refused);
        }
        if (!decision.results().isEmpty()) {
            List<String> written = decision.results().stream().map(TaskResult::taskId).toList();
            String unused = tell(deploymentId, new Command.ResultsWritten(written));
        }
        if (machine.empty()) {
            machines.remove(deploymentId);
        }
        return decision.refused();
    }

    /** Makes the machine anew from its rows: a command that failed half-way has written none. */
    private void rebuild(String deploymentId) {
        List<Row> kept = Objects.requireNonNull(rows).of(deploymentId);
        machines.put(deploymentId, DispatcherMachine.of(deploymentId, rules, kept.stream()));
        toRecover.add(deploymentId);
    }

    private void sendOn(
            Record<byte[], byte[]> record, RecordMetadata position, String deploymentId) {
        LOG.debugf(
                "%s-%d@%d belongs elsewhere: sent on",
                position.topic(), position.partition(), position.offset());
        Metrics.counter("scalable.dispatcher.misplaced", "topic", position.topic()).increment();
        Placement.mark(record.headers());
        byte[] key = deploymentId.getBytes(StandardCharsets.UTF_8);
        var outgoing = new Outgoing(position.topic(), null, record.value(), record.headers());
        context()
                .forward(
                        new Record<>(key, outgoing, record.timestamp(), record.headers()),
                        DispatcherTopology.OUT);
    }

    private void deadLetter(Record<byte[], byte[]> record, RecordMetadata position, String reason) {
        byte @Nullable [] key = record.key();
        long now = context().currentSystemTimeMs();
        var letter =
                DeadLetters.letter(
                        position.topic(),
                        position.partition(),
                        position.offset(),
                        key == null ? null : new String(key, StandardCharsets.UTF_8),
                        record.value(),
                        record.headers(),
                        reason,
                        "dispatcher",
                        Instant.ofEpochMilli(now));
        byte[] letterKey = key == null ? new byte[0] : key;
        carrier().send(letterKey, letter, now);
    }

    private ProcessorContext<byte[], Outgoing> context() {
        return Objects.requireNonNull(context, "init comes first");
    }

    private Carrier carrier() {
        return Objects.requireNonNull(carrier, "init comes first");
    }
}
