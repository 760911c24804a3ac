package io.scalable.dispatcher.messaging;

import io.micrometer.core.instrument.Metrics;
import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.kafka.DeadLetters;
import io.scalable.contracts.kafka.TopicRecord;
import io.scalable.contracts.kafka.TopicRecords;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.dispatcher.domain.Command;
import io.scalable.dispatcher.domain.Rules;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Feeds the machines of one partition with records, with time, and with what became of results. */
final class DispatcherProcessor implements Processor<byte[], byte[], byte[], Outgoing> {

    private static final Logger LOG = Logger.getLogger(DispatcherProcessor.class);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(1);

    private final Rules rules;
    private final Duration tick;
    private final Placement placement;
    private final Inputs inputs;
    private final OwnTopics topics;
    private final TaskSpans spans = new TaskSpans();
    private @Nullable Work work;

    /** What there is between init and close; a partition may come back after its close. */
    private static final class Work {
        final ProcessorContext<byte[], Outgoing> context;
        final OwnTopics.Session own;
        final Shard shard;
        final CatchUp catchUp = new CatchUp();
        @Nullable CompletableFuture<Map<String, Long>> ends;
        Instant askAgain = Instant.MIN;
        boolean begun;
        boolean caughtUp;

        Work(ProcessorContext<byte[], Outgoing> context, OwnTopics.Session own, Shard shard) {
            this.context = context;
            this.own = own;
            this.shard = shard;
        }
    }

    DispatcherProcessor(
            Rules rules, Duration tick, Placement placement, Inputs inputs, OwnTopics topics) {
        this.rules = rules;
        this.tick = tick;
        this.placement = placement;
        this.inputs = inputs;
        this.topics = topics;
    }

    @Override
    public void init(ProcessorContext<byte[], Outgoing> context) {
        var rows = new RowStore(context.getStateStore(RowStore.NAME));
        OwnTopics.Session own = topics.session();
        work = new Work(context, own, new Shard(rules, rows, own, this::forward, spans));
        var _ = context.schedule(tick, PunctuationType.WALL_CLOCK_TIME, _ -> tick());
    }

    @Override
    public void close() {
        if (work != null) {
            work.own.close();
            work = null;
        }
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Work w = work();
        Instant now = begun(w);
        RecordMetadata position = w.context.recordMetadata().orElseThrow();
        take(w, record, position, now);
        w.catchUp.processed(position.topic(), position.offset());
        takeAnswers(w, now);
    }

    private void tick() {
        Work w = work();
        Instant now = begun(w);
        takeAnswers(w, now);
        lookForEnds(w, now);
        w.shard.tick(now);
    }

    /** Machines are built at the first record or tick: nothing may be sent before. */
    private Instant begun(Work w) {
        Instant now = Instant.ofEpochMilli(w.context.currentSystemTimeMs());
        if (!w.begun) {
            w.begun = true;
            w.shard.begin(inputs::newestResults, now);
        }
        return now;
    }

    private void take(Work w, Record<byte[], byte[]> record, RecordMetadata position, Instant now) {
        TopicRecord said;
        try {
            said = TopicRecords.decode(position.topic(), record.key(), record.value());
        } catch (InvalidRecordException e) {
            deadLetter(record, position, String.valueOf(e.getMessage()), now);
            return;
        }
        List<Command> commands = Inbound.commands(position.topic(), said);
        String deploymentId = said.deploymentId();
        if (commands.isEmpty() || deploymentId == null) {
            return;
        }
        if (placement.misplaced(deploymentId, position.partition())) {
            sendOn(record, position, deploymentId, now);
            return;
        }
        List<Command> traced =
                commands.stream().map(command -> traced(command, record)).toList();
        for (Shard.Refusal refusal : w.shard.take(deploymentId, traced, now)) {
            Command part = commands.get(refusal.part());
            if (commands.size() == 1) {
                deadLetter(record, position, refusal.reason(), now);
            } else {
                deadLetter(
                        record.withValue(Inbound.encode(part).orElse(record.value())),
                        position,
                        Inbound.subject(part) + ": " + refusal.reason(),
                        now);
            }
        }
    }

    private Command traced(Command command, Record<byte[], byte[]> record) {
        return command instanceof Command.Asked(SubmitTask task)
                ? new Command.Asked(spans.submitted(task, record.headers()))
                : command;
    }

    private static void takeAnswers(Work w, Instant now) {
        List<OwnTopics.Written> written = w.own.takeWritten();
        if (!written.isEmpty()) {
            var byDeployment = new TreeMap<String, List<String>>();
            for (OwnTopics.Written one : written) {
                byDeployment
                        .computeIfAbsent(one.deploymentId(), _ -> new ArrayList<>())
                        .add(one.taskId());
            }
            byDeployment.forEach(
                    (id, tasks) -> w.shard.tellOwn(id, new Command.ResultsWritten(tasks), now));
        }
        for (String deploymentId : w.own.takeFailed()) {
            w.shard.tellOwn(deploymentId, new Command.ResultsLost(), now);
        }
    }

    private void lookForEnds(Work w, Instant now) {
        if (w.caughtUp) {
            return;
        }
        int partition = w.context.taskId().partition();
        if (!w.catchUp.knowsEnds() && !askForEnds(w, partition, now)) {
            return;
        }
        if (w.catchUp.over(topic -> inputs.progress(topic, partition))) {
            w.caughtUp = true;
            LOG.infof("partition %d: the inputs are read to their ends", partition);
            w.shard.caughtUp(now);
        }
    }

    /** True once the broker has said where the inputs end; asked again where it does not. */
    private boolean askForEnds(Work w, int partition, Instant now) {
        CompletableFuture<Map<String, Long>> asked = w.ends;
        if (asked == null) {
            if (!now.isBefore(w.askAgain)) {
                w.ends = inputs.ends(partition);
            }
            return w.ends != null && w.ends.isDone() && askForEnds(w, partition, now);
        }
        if (!asked.isDone()) {
            return false;
        }
        if (asked.isCompletedExceptionally()) {
            LOG.warnf(
                    "partition %d: the broker does not say where the inputs end: %s",
                    partition, asked.exceptionNow().getMessage());
            w.ends = null;
            w.askAgain = now.plus(BETWEEN_QUESTIONS);
            return false;
        }
        w.catchUp.ends(asked.join());
        return true;
    }

    /** To the partition of its deployment, once: a record that was sent on before is put aside. */
    private void sendOn(
            Record<byte[], byte[]> record,
            RecordMetadata position,
            String deploymentId,
            Instant now) {
        if (Placement.sentOn(record.headers())) {
            deadLetter(
                    record,
                    position,
                    "deployment %s has its records in partition %d, and it was sent on before"
                            .formatted(deploymentId, placement.partitionOf(deploymentId)),
                    now);
            return;
        }
        Metrics.counter("scalable.dispatcher.misplaced", "topic", position.topic()).increment();
        var headers = new RecordHeaders(record.headers());
        Placement.mark(headers);
        forward(
                new Outgoing(
                        deploymentId.getBytes(StandardCharsets.UTF_8),
                        position.topic(),
                        null,
                        record.value(),
                        headers));
    }

    private void deadLetter(
            Record<byte[], byte[]> record, RecordMetadata position, String reason, Instant now) {
        LOG.warnf(
                "dead letter from %s-%d@%d: %s",
                position.topic(), position.partition(), position.offset(), reason);
        Metrics.counter("scalable.dispatcher.invalid", "topic", position.topic()).increment();
        byte @Nullable [] key = record.key();
        var letter =
                DeadLetters.record(
                        DeadLetters.letter(
                                position.topic(),
                                position.partition(),
                                position.offset(),
                                key == null ? null : new String(key, StandardCharsets.UTF_8),
                                record.value(),
                                record.headers(),
                                reason,
                                "dispatcher",
                                now));
        forward(new Outgoing(letter.key(), letter.topic(), null, letter.value(), letter.headers()));
    }

    private void forward(Outgoing outgoing) {
        ProcessorContext<byte[], Outgoing> context = work().context;
        context.forward(
                new Record<>(
                        outgoing.key(),
                        outgoing,
                        context.currentSystemTimeMs(),
                        new RecordHeaders(outgoing.headers())));
    }

    private Work work() {
        return Objects.requireNonNull(work, "init comes first");
    }
}
