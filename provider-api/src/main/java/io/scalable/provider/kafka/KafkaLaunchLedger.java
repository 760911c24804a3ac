package io.scalable.provider.kafka;

import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.Launch;
import io.scalable.provider.LaunchLedger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The ledger on the compact topic {@code scalable.launches}, keyed by worker. */
public final class KafkaLaunchLedger implements LaunchLedger, AutoCloseable {

    private static final JsonCodec<Launch> CODEC = JsonCodec.of(Launch.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final Map<String, String> kafka;
    private final Producer<byte[], byte[]> producer;

    /**
     * @param kafka Kafka client properties, {@code bootstrap.servers} at least
     */
    public KafkaLaunchLedger(Map<String, String> kafka) {
        this.kafka = Map.copyOf(kafka);
        this.producer = ByteRecords.producer(kafka);
    }

    @Override
    public Collection<Launch> read() {
        return LedgerReader.readToEnd(kafka);
    }

    @Override
    public void write(List<Launch> launches) {
        send(
                launches.stream()
                        .map(l -> ByteRecords.of(Topics.LAUNCHES, l.workerId(), CODEC.encode(l), l))
                        .toList());
    }

    @Override
    public void forget(List<String> workerIds) {
        send(workerIds.stream().map(id -> ByteRecords.tombstone(Topics.LAUNCHES, id)).toList());
    }

    @Override
    public void close() {
        producer.close(LAST_WORDS);
    }

    /** Sends all, then waits for all. */
    private void send(List<ProducerRecord<byte[], byte[]>> records) {
        var sent = new ArrayList<Future<?>>();
        for (var entry : records) {
            sent.add(producer.send(entry));
        }
        for (Future<?> one : sent) {
            await(one);
        }
    }

    private static void await(Future<?> written) {
        try {
            var _ = written.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "the launch ledger cannot be written: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while writing the launch ledger", e);
        }
    }
}
