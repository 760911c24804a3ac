package io.scalable.provider;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that only tests move. */
public final class TestClock implements InstantSource {

    private volatile Instant now = Deployments.START;

    @Override
    public Instant instant() {
        return now;
    }

    public void elapse(Duration time) {
        now = now.plus(time);
    }
}
