package io.scalable.provider.kafka;

import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.kafka.SchemaHeader;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.Launch;
import io.scalable.provider.LaunchLedger;
import io.scalable.provider.LedgerUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** The ledger on the compact topic {@code scalable.launches}, keyed by worker. */
public final class KafkaLaunchLedger implements LaunchLedger {

    private static final JsonCodec<Launch> CODEC = JsonCodec.of(Launch.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Map<String, String> kafka;
    private final Producer<byte[], byte[]> producer;

    /**
     * @param kafka Kafka client properties, {@code bootstrap.servers} at least, for reading
     * @param producer for writing; durable and in order; whoever made it closes it
     */
    public KafkaLaunchLedger(Map<String, String> kafka, Producer<byte[], byte[]> producer) {
        this.kafka = Map.copyOf(kafka);
        this.producer = producer;
    }

    @Override
    public Collection<Launch> read() {
        return LedgerReader.readToEnd(kafka);
    }

    @Override
    public void write(List<Launch> launches) {
        send(launches.stream().map(KafkaLaunchLedger::entry).toList());
    }

    @Override
    public void forget(List<String> workerIds) {
        send(
                workerIds.stream()
                        .map(
                                id ->
                                        new ProducerRecord<byte[], byte[]>(
                                                Topics.LAUNCHES, key(id), null))
                        .toList());
    }

    private static ProducerRecord<byte[], byte[]> entry(Launch launch) {
        return new ProducerRecord<>(
                Topics.LAUNCHES,
                null,
                key(launch.workerId()),
                CODEC.encode(launch),
                SchemaHeader.of(launch));
    }

    private static byte[] key(String workerId) {
        return workerId.getBytes(StandardCharsets.UTF_8);
    }

    /** Sends all, then waits for all. */
    private void send(List<ProducerRecord<byte[], byte[]>> records) {
        var sent = new ArrayList<Future<?>>();
        try {
            for (var entry : records) {
                sent.add(producer.send(entry));
            }
            long until = System.nanoTime() + PATIENCE.toNanos();
            for (Future<?> one : sent) {
                Object unused = one.get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        } catch (KafkaException | ExecutionException e) {
            throw unavailable(String.valueOf(e.getMessage()), e);
        } catch (TimeoutException e) {
            throw unavailable("no answer within " + PATIENCE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("interrupted", e);
        }
    }

    private static LedgerUnavailableException unavailable(String why, Exception cause) {
        return new LedgerUnavailableException("the launch ledger cannot be written: " + why, cause);
    }
}
