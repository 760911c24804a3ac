package io.scalable.dispatcher.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;

class StreamFailuresTest {

    private final List<Throwable> told = new ArrayList<>();
    private final StreamFailures failures = new StreamFailures(told::add);

    @Test
    void troubleWithTheBrokerPasses() {
        var trouble = new StreamsException("sending failed", new TimeoutException("no answer"));

        assertThat(failures.handle(trouble))
                .isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
        assertThat(told).isEmpty();
    }

    @Test
    void whatWouldFailAgainStopsTheDispatcherAndItsOwnerIsTold() {
        for (Throwable cause :
                List.of(
                        new StreamsException(new AuthorizationException("not yours")),
                        new OutOfMemoryError("heap"),
                        new IllegalStateException("a bug"))) {
            told.clear();

            assertThat(failures.handle(cause))
                    .isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
            assertThat(told).containsExactly(cause);
        }
    }
}
