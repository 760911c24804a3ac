package io.scalable.provider.kafka;

import java.time.Instant;

/** How a provider loop fares. */
public sealed interface LoopState {

    /** In a few words for people, without secrets. */
    String words();

    /** True while the loop can serve. */
    default boolean up() {
        return this instanceof Serving;
    }

    /** All is well. */
    record Serving() implements LoopState {
        @Override
        public String words() {
            return "serving";
        }
    }

    /**
     * The brokers do not answer as they should; the loop tries on.
     *
     * @param trouble what is wrong
     * @param since since when
     */
    record Waiting(String trouble, Instant since) implements LoopState {
        @Override
        public String words() {
            return trouble + ", since " + since;
        }
    }

    /**
     * The loop is over.
     *
     * @param reason why; empty if it was closed
     */
    record Ended(String reason) implements LoopState {
        @Override
        public String words() {
            return reason.isEmpty() ? "closed" : "ended: " + reason;
        }
    }
}
