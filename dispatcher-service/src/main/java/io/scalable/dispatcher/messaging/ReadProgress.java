package io.scalable.dispatcher.messaging;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Up to which moment the inputs of a partition are read. The broker is asked where they end; once
 * everything up to there is processed, all is known that was on them when it was asked, and it is
 * asked anew. For one thread.
 */
final class ReadProgress {

    private static final Logger LOG = Logger.getLogger(ReadProgress.class);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(500);

    private final Inputs inputs;
    private final int partition;
    private final CatchUp catchUp = new CatchUp();
    private @Nullable CompletableFuture<Map<String, Long>> asked;
    private Instant askedAt = Instant.EPOCH;
    private @Nullable Instant readTo;

    /** The partition was taken over just now. */
    ReadProgress(Inputs inputs, int partition) {
        this.inputs = inputs;
        this.partition = partition;
        inputs.takenOver(partition);
    }

    /** A record was processed. */
    void processed(String topic, long offset) {
        catchUp.processed(topic, offset);
    }

    /**
     * Everything that was on the inputs then is processed; null until that is known for the first
     * time since the partition was taken over.
     */
    @Nullable Instant readTo() {
        return readTo;
    }

    /** Looks how far it is. Does not wait. */
    void look(Instant now) {
        if (asked == null && !tooSoon(now)) {
            askedAt = now;
            asked = inputs.ends(partition);
        }
        if (asked == null || !asked.isDone()) {
            return;
        }
        if (asked.isCompletedExceptionally()) {
            LOG.warnf(
                    "partition %d: the broker does not say where the inputs end: %s",
                    partition, asked.exceptionNow().getMessage());
            asked = null;
            return;
        }
        catchUp.ends(asked.join());
        if (catchUp.over(topic -> inputs.progress(topic, partition))) {
            readTo = askedAt;
            asked = null;
        }
    }

    /** A clock that was set back holds up no question. */
    private boolean tooSoon(Instant now) {
        return !now.isBefore(askedAt) && now.isBefore(askedAt.plus(BETWEEN_QUESTIONS));
    }
}
