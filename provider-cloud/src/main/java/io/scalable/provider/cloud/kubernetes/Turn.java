package io.scalable.provider.cloud.kubernetes;

import java.time.Instant;

/** When something may be asked again: one question at a time, and less often while it fails. */
final class Turn {

    private final KubernetesPacing pacing;
    private boolean busy;
    private int failures;
    private Instant next = Instant.MIN;

    Turn(KubernetesPacing pacing) {
        this.pacing = pacing;
    }

    boolean mayAsk(Instant now) {
        return !busy && !now.isBefore(next);
    }

    void asking() {
        busy = true;
    }

    /** There was an answer. */
    void answered() {
        busy = false;
        failures = 0;
        next = Instant.MIN;
    }

    /** There was none, or not the one that was hoped for. */
    void failed(Instant now) {
        busy = false;
        later(now);
    }

    /** Waits longer each time, whether or not a question is open. */
    void later(Instant now) {
        next = now.plus(pacing.wait(failures++));
    }

    /** What it waited for may be over. */
    void hurry() {
        next = Instant.MIN;
    }
}
