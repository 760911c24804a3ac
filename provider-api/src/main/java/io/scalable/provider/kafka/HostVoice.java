package io.scalable.provider.kafka;

import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.kafka.DeadLetters;
import io.scalable.contracts.kafka.SchemaHeader;
import io.scalable.contracts.service.ServiceEvent;
import io.scalable.contracts.service.ServiceEvent.ProviderHostSeen;
import io.scalable.contracts.topic.Topics;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * What a provider host says of itself: that it lives, what it sets aside, what it cannot read. By
 * the answers it knows whether the brokers answer at all. Used by one thread; answers come on
 * another.
 */
final class HostVoice {

    private static final System.Logger LOG = System.getLogger(HostVoice.class.getName());
    private static final JsonCodec<ServiceEvent> EVENTS = JsonCodec.of(ServiceEvent.class);
    private static final long EVERY_NANOS =
            Duration.ofSeconds(ProviderHostSeen.EVERY_SECONDS).toNanos();

    /** How long brokers may be silent before that is worth a word. */
    private static final long SILENCE_NANOS = 3 * EVERY_NANOS;

    private final Producer<byte[], byte[]> producer;
    private final String hostId;
    private final List<String> providers;
    private long saidNanos = System.nanoTime() - EVERY_NANOS;
    private volatile long answeredNanos = System.nanoTime();
    private volatile Instant answered = Instant.now();
    private volatile boolean waiting;

    HostVoice(Producer<byte[], byte[]> producer, String hostId, List<String> providers) {
        this.producer = producer;
        this.hostId = hostId;
        this.providers = List.copyOf(providers);
    }

    /** Says that the host lives, when that is due and the last word has arrived. */
    void pulse(Instant now) {
        if (waiting || System.nanoTime() - saidNanos < EVERY_NANOS) {
            return;
        }
        saidNanos = System.nanoTime();
        waiting = true;
        send(
                record(new ProviderHostSeen(hostId, providers, now)),
                (_, problem) -> {
                    waiting = false;
                    if (problem == null) {
                        answeredNanos = System.nanoTime();
                        answered = Instant.now();
                    }
                });
    }

    /** Tells of a deployment that is set aside or released. */
    void tell(ServiceEvent event) {
        send(record(event), HostVoice::logged);
    }

    /** Puts a record that cannot be used where people find it. */
    void refuse(ConsumerRecord<byte[], byte[]> record, String reason, Instant now) {
        LOG.log(
                Level.WARNING,
                "{0}-{1}@{2} goes to dead-letters: {3}",
                record.topic(),
                record.partition(),
                record.offset(),
                reason);
        send(
                DeadLetters.record(DeadLetters.letter(record, reason, hostId, now)),
                HostVoice::logged);
    }

    /** The host goes: what it said last is taken back. */
    void leave() {
        byte[] key =
                new ProviderHostSeen(hostId, providers, Instant.EPOCH)
                        .key()
                        .getBytes(StandardCharsets.UTF_8);
        send(new ProducerRecord<>(Topics.SERVICE_EVENTS, key, null), (_, _) -> {});
    }

    /** True unless the brokers have not answered for a while. */
    boolean heard() {
        return System.nanoTime() - answeredNanos < SILENCE_NANOS;
    }

    /** When they answered last. */
    Instant lastAnswer() {
        return answered;
    }

    // The callback hears of the failure; the future would only repeat it.
    @SuppressWarnings("FutureReturnValueIgnored")
    private void send(ProducerRecord<byte[], byte[]> record, Callback answered) {
        try {
            producer.send(record, answered);
        } catch (KafkaException e) {
            answered.onCompletion(null, e);
        }
    }

    private static ProducerRecord<byte[], byte[]> record(ServiceEvent event) {
        return new ProducerRecord<>(
                Topics.SERVICE_EVENTS,
                null,
                event.key().getBytes(StandardCharsets.UTF_8),
                EVENTS.encode(event),
                SchemaHeader.of((Record) event));
    }

    private static void logged(Object written, Exception problem) {
        if (problem != null) {
            LOG.log(Level.ERROR, "a word of the provider host was lost", problem);
        }
    }
}
