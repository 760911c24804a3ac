package io.scalable.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class UnreadableLeaseTest {

    private static final String HEAD =
            "{\"type\":\"LeaseGranted\",\"workerId\":\"w\",\"taskId\":\"d/t/0\",\"attempt\":3,";

    @Test
    void theAttemptOfALeaseOfAnotherVersionIsFound() {
        assertThat(UnreadableLease.attempt(bytes(HEAD + "\"work\":{\"type\":\"Dream\"}}")))
                .contains(new AttemptKey("d/t/0", 3));
    }

    @Test
    void itIsFoundBeforeWhatCannotBeRead() {
        String deep = "\"input\":{\"value\":" + "[".repeat(5_000);

        assertThat(UnreadableLease.attempt(bytes(HEAD + deep)))
                .contains(new AttemptKey("d/t/0", 3));
    }

    @Test
    void ofOtherRecordsThereIsNoAttempt() {
        assertThat(UnreadableLease.attempt(bytes("{\"type\":\"LeaseGranted\""))).isEmpty();
        assertThat(UnreadableLease.attempt(bytes("[1]"))).isEmpty();
        assertThat(UnreadableLease.attempt(bytes(""))).isEmpty();
        assertThat(UnreadableLease.attempt(bytes(HEAD.replace("LeaseGranted", "LeaseRevoked"))))
                .isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void ofSeveralAssignmentsEachIsLookedAt() {
        byte[] json =
                bytes(
                        """
                        {"type":"Assignments","workerId":"w","assignments":[
                         {"type":"LeaseGranted","taskId":"d/a/0","attempt":1},{"type":"Sing"}]}
                        """);

        assertThat(UnreadableLease.parts(json))
                .hasSize(2)
                .first()
                .satisfies(
                        part ->
                                assertThat(UnreadableLease.attempt(part))
                                        .contains(new AttemptKey("d/a/0", 1)));
        assertThat(UnreadableLease.parts(bytes(HEAD + "\"x\":1}"))).isEmpty();
    }
}
