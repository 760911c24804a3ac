package io.scalable.worker;

import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.kafka.Batches;
import io.scalable.contracts.kafka.Batches.Written;
import io.scalable.contracts.kafka.SchemaHeader;
import io.scalable.contracts.topic.Batch;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.WorkerReport;
import io.scalable.contracts.worker.WorkerReport.OfAttempt;
import io.scalable.contracts.worker.WorkerReportRecord;
import io.scalable.contracts.worker.WorkerReports;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Sends reports in the order in which they come. A report goes at once where none is under way;
 * what comes meanwhile goes together once the broker has answered, or a moment has passed. So a
 * worker with many short tasks sends few records, and one with few loses no time. Thread-safe.
 */
final class ReportQueue implements AutoCloseable {

    private static final JsonCodec<WorkerReportRecord> CODEC =
            JsonCodec.of(WorkerReportRecord.class);

    /** A report waits at most so long for the answer to those before it. */
    private static final Duration LINGER = Duration.ofMillis(5);

    private final Producer<byte[], byte[]> producer;
    private final String deploymentId;
    private final String workerId;
    private final byte[] key;
    private final long lingerNanos;
    private final Thread sender;
    private final List<Entry> waiting = new ArrayList<>();
    private long underWay;
    private boolean busy;
    private boolean closed;

    private record Entry(WorkerReport report, CompletableFuture<Void> acknowledged) {}

    ReportQueue(Producer<byte[], byte[]> producer, String deploymentId, String workerId) {
        this(producer, deploymentId, workerId, LINGER);
    }

    /** The same with another longest wait for an answer. */
    ReportQueue(
            Producer<byte[], byte[]> producer,
            String deploymentId,
            String workerId,
            Duration linger) {
        this.producer = producer;
        this.lingerNanos = linger.toNanos();
        this.deploymentId = deploymentId;
        this.workerId = workerId;
        this.key = deploymentId.getBytes(StandardCharsets.UTF_8);
        this.sender =
                Thread.ofPlatform().daemon().name(workerId + "-reports").start(this::sendWaiting);
    }

    /** Sends a report; the future completes when the broker has it, or with why it has not. */
    CompletableFuture<Void> add(WorkerReport report) {
        var entry = new Entry(report, new CompletableFuture<>());
        synchronized (this) {
            if (underWay > 0 || busy || !waiting.isEmpty()) {
                waiting.add(entry);
                if (waiting.size() == 1) {
                    notifyAll();
                }
                return entry.acknowledged();
            }
            busy = true;
        }
        try {
            send(List.of(entry));
        } finally {
            idle();
        }
        return entry.acknowledged();
    }

    private synchronized void idle() {
        busy = false;
        notifyAll();
    }

    private void sendWaiting() {
        try {
            for (List<Entry> next = take(); !next.isEmpty(); next = take()) {
                try {
                    send(next);
                } finally {
                    idle();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What goes next; nothing once the queue is closed and empty. */
    private synchronized List<Entry> take() throws InterruptedException {
        while (busy || waiting.isEmpty() && !closed) {
            wait();
        }
        long until = System.nanoTime() + lingerNanos;
        for (long left = lingerNanos;
                underWay > 0 && left > 0 && !closed;
                left = until - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        var taken = List.copyOf(waiting);
        waiting.clear();
        busy = !taken.isEmpty();
        return taken;
    }

    /** Reports of attempts that follow one another are one record. */
    private void send(List<Entry> entries) {
        for (int from = 0; from < entries.size(); ) {
            int to = from + 1;
            if (entries.get(from).report() instanceof OfAttempt) {
                while (to < entries.size() && entries.get(to).report() instanceof OfAttempt) {
                    to++;
                }
            }
            sendLike(entries.subList(from, to));
            from = to;
        }
    }

    private void sendLike(List<Entry> entries) {
        if (entries.size() == 1) {
            sendAlone(entries.getFirst());
            return;
        }
        List<Written<WorkerReportRecord>> records;
        try {
            records =
                    Batches.write(
                            entries.stream().map(e -> (OfAttempt) e.report()).toList(),
                            some -> new WorkerReports(deploymentId, workerId, some),
                            CODEC);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            // One of them cannot be written: which one is found where each goes alone.
            entries.forEach(this::sendAlone);
            return;
        }
        int from = 0;
        for (Written<WorkerReportRecord> record : records) {
            int parts = record.record() instanceof Batch<?> batch ? batch.parts().size() : 1;
            send(record.record(), record.json(), entries.subList(from, from + parts));
            from += parts;
        }
    }

    private void sendAlone(Entry entry) {
        byte[] json;
        try {
            json = CODEC.encode(entry.report());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            entry.acknowledged().completeExceptionally(e);
            return;
        }
        send(entry.report(), json, List.of(entry));
    }

    private void send(WorkerReportRecord record, byte[] json, List<Entry> entries) {
        List<Entry> told = List.copyOf(entries);
        synchronized (this) {
            underWay++;
        }
        try {
            var unused =
                    producer.send(
                            new ProducerRecord<>(
                                    Topics.WORKER_REPORTS,
                                    null,
                                    key,
                                    json,
                                    SchemaHeader.of((Record) record)),
                            (_, error) -> answered(told, error));
        } catch (RuntimeException | OutOfMemoryError e) {
            answered(told, e);
        }
    }

    private void answered(List<Entry> entries, @Nullable Throwable error) {
        synchronized (this) {
            underWay--;
            notifyAll();
        }
        for (Entry entry : entries) {
            if (error == null) {
                entry.acknowledged().complete(null);
            } else {
                entry.acknowledged().completeExceptionally(error);
            }
        }
    }

    /** Sends what waits; returns when that is handed to the producer. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            boolean unused = sender.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
