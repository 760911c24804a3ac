package io.scalable.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TimerTest {

    private static final Duration SOON = Duration.ofMillis(1);

    @Test
    void anActionThatWaitsDelaysNoOther() throws Exception {
        var end = new CountDownLatch(1);
        var other = new CountDownLatch(1);
        try (var timer = new Timer("w")) {
            var unused = timer.after(Duration.ZERO, () -> waitFor(end));
            var unusedToo = timer.after(SOON, other::countDown);

            assertThat(other.await(30, TimeUnit.SECONDS)).isTrue();
            end.countDown();
        }
    }

    @Test
    void aRepeatedActionRunsOnceAtATimeAndGoesOnAfterAnError() {
        var runs = new AtomicInteger();
        var together = new AtomicInteger();
        var most = new AtomicInteger();
        try (var timer = new Timer("w")) {
            timer.every(
                    SOON,
                    () -> {
                        most.accumulateAndGet(together.incrementAndGet(), Math::max);
                        try {
                            if (runs.incrementAndGet() == 2) {
                                throw new IllegalStateException("once");
                            }
                        } finally {
                            together.decrementAndGet();
                        }
                    });

            await().until(() -> runs.get() > 5);
        }
        assertThat(most).hasValue(1);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
