package io.scalable.provider.local.service.messaging;

import io.scalable.contracts.kafka.DeadLetters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;

/** Puts records that nobody could use on {@code scalable.dead-letters}. */
@ApplicationScoped
public class DeadLetterOutbox {

    private static final System.Logger LOG = System.getLogger(DeadLetterOutbox.class.getName());

    private final Emitter<ProducerRecord<String, byte[]>> out;

    @Inject
    public DeadLetterOutbox(
            @Channel("provider-local-dead-letters") Emitter<ProducerRecord<String, byte[]>> out) {
        this.out = out;
    }

    void put(ConsumerRecord<String, byte[]> entry, String reason) {
        String where = entry.topic() + "/" + entry.partition() + "/" + entry.offset();
        LOG.log(Level.WARNING, "{0} goes to dead-letters: {1}", where, reason);
        out.send(DeadLetters.textRecord(DeadLetters.letter(entry, reason, "provider-local", Instant.now())))
                .exceptionally(
                        problem -> {
                            LOG.log(Level.ERROR, "no dead letter for " + where, problem);
                            return null;
                        });
    }
}
