package io.scalable.telemetry.messaging;

import io.scalable.contracts.kafka.DeadLetters;
import io.scalable.telemetry.domain.Batches.Culprit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/**
 * Puts records that nobody can use aside, with the reason. Waits for the broker for some seconds; a
 * letter that it does not take is told in the log, and stops nobody.
 */
final class LetterBox implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(LetterBox.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Producer<byte[], byte[]> producer;

    LetterBox(Producer<byte[], byte[]> producer) {
        this.producer = producer;
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
                        producer.send(
                                DeadLetters.record(
                                        DeadLetters.letter(
                                                record, one.reason(), "telemetry", at))));
            } catch (KafkaException | IllegalStateException e) {
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

    @Override
    public void close() {
        producer.close(PATIENCE);
    }
}
