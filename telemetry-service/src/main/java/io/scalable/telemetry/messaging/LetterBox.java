package io.scalable.telemetry.messaging;

import io.scalable.contracts.kafka.DeadLetters;
import io.scalable.telemetry.domain.Batches.Culprit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;

/**
 * Puts records that nobody can use aside, with the reason. Waits for the broker for some seconds; a
 * letter that it does not take is told in the log, and stops nobody.
 */
final class LetterBox {

    private static final Logger LOG = Logger.getLogger(LetterBox.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Function<ProducerRecord<byte[], byte[]>, CompletionStage<?>> out;

    /**
     * @param out takes a record for the dead letters, and is done when the broker has it
     */
    LetterBox(Function<ProducerRecord<byte[], byte[]>, CompletionStage<?>> out) {
        this.out = out;
    }

    void send(List<Culprit<ConsumerRecord<byte[], byte[]>>> refused, Instant at) {
        var sent = new ArrayList<Future<?>>();
        for (Culprit<ConsumerRecord<byte[], byte[]>> one : refused) {
            ConsumerRecord<byte[], byte[]> record = one.item();
            LOG.warnf(
                    "%s-%d@%d goes to the dead letters: %s",
                    record.topic(), record.partition(), record.offset(), one.reason());
            try {
                sent.add(
                        out.apply(
                                        DeadLetters.record(
                                                DeadLetters.letter(
                                                        record, one.reason(), "telemetry", at)))
                                .toCompletableFuture());
            } catch (RuntimeException e) {
                lost(e);
            }
        }
        long until = System.nanoTime() + PATIENCE.toNanos();
        sent.forEach(letter -> await(letter, until));
    }

    private static void await(Future<?> letter, long until) {
        try {
            Object _ = letter.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            lost(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void lost(Exception e) {
        LOG.warnf("a dead letter could not be written (yet): %s", e);
    }
}
