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
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.TaskMigratedException;
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

    /**
     * So soon it is noticed, where no record comes, that a result is on its topic: children wait
     * for that.
     */
    static final Duration BETWEEN_ANSWERS = Duration.ofMillis(10);

    private final Rules rules;
    private final Duration tick;
    private final Placement placement;
    private final Inputs inputs;
    private final OwnTopics topics;
    private final Ownership ownership;
    private final TaskSpans spans = new TaskSpans();
    private @Nullable Work work;

    /** What there is between init and close; a partition may come back after its close. */
    private static final class Work {
        final ProcessorContext<byte[], Outgoing> context;
        final Ownership.Grant grant;
        final OwnTopics.Session own;
        final Shard shard;
        final ReadProgress read;
        boolean begun;
        boolean caughtUp;

        Work(
                ProcessorContext<byte[], Outgoing> context,
                Ownership.Grant grant,
                OwnTopics.Session own,
                Shard shard,
                ReadProgress read) {
            this.context = context;
            this.grant = grant;
            this.own = own;
            this.shard = shard;
            this.read = read;
        }
    }

    DispatcherProcessor(
            Rules rules,
            Duration tick,
            Placement placement,
            Inputs inputs,
            OwnTopics topics,
            Ownership ownership) {
        this.rules = rules;
        this.tick = tick;
        this.placement = placement;
        this.inputs = inputs;
        this.topics = topics;
        this.ownership = ownership;
    }

    @Override
    public void init(ProcessorContext<byte[], Outgoing> context) {
        var rows = new RowStore(context.getStateStore(RowStore.NAME));
        Ownership.Grant grant = ownership.current();
        OwnTopics.Session own = topics.session(grant);
        var shard = new Shard(rules, rows, own, this::forward, spans);
        var read = new ReadProgress(inputs, context.taskId().partition());
        work = new Work(context, grant, own, shard, read);
        var _ = context.schedule(tick, PunctuationType.WALL_CLOCK_TIME, _ -> tick());
        var _ =
                context.schedule(
                        BETWEEN_ANSWERS, PunctuationType.WALL_CLOCK_TIME, _ -> lookForAnswers());
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
        w.read.processed(position.topic(), position.offset());
        takeAnswers(w, now);
    }

    private void lookForAnswers() {
        Work w = work();
        if (w.begun && w.grant.holds()) {
            takeAnswers(w, Instant.ofEpochMilli(w.context.currentSystemTimeMs()));
        }
    }

    private void tick() {
        Work w = work();
        Instant now = begun(w);
        takeAnswers(w, now);
        lookHowFar(w, now);
        w.shard.tick(now, w.read.readTo());
    }

    /**
     * Machines are built at the first record or tick: nothing may be sent before.
     *
     * @throws TaskMigratedException if another may have the partition by now; Streams gives up what
     *     was not committed, and asks the group again
     */
    private Instant begun(Work w) {
        if (!w.grant.holds()) {
            LOG.warnf(
                    "partition %d is given up and asked for again: %s",
                    w.context.taskId().partition(), Ownership.LOST);
            throw new TaskMigratedException(Ownership.LOST);
        }
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
        List<Command> traced = commands.stream().map(command -> traced(command, record)).toList();
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

    /** Looks how far the inputs are read, for as long as there is a deployment to know it. */
    private static void lookHowFar(Work w, Instant now) {
        if (w.caughtUp && w.shard.idle()) {
            return;
        }
        w.read.look(now);
        if (!w.caughtUp && w.read.readTo() != null) {
            w.caughtUp = true;
            LOG.infof(
                    "partition %d: the inputs are read to their ends",
                    w.context.taskId().partition());
            w.shard.caughtUp(now);
        }
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
