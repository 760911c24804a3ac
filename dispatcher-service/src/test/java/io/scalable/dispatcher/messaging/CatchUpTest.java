package io.scalable.dispatcher.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.dispatcher.messaging.Inputs.Progress;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatchUpTest {

    private final CatchUp catchUp = new CatchUp();

    @Test
    void itIsNotOverBeforeItIsKnownWhereTheTopicsEnd() {
        assertThat(catchUp.over(_ -> Progress.NONE)).isFalse();

        catchUp.ends(Map.of());
        assertThat(catchUp.over(_ -> Progress.NONE)).isTrue();
    }

    @Test
    void itIsOverWhenTheLastRecordOfEachTopicIsProcessed() {
        catchUp.ends(Map.of("tasks", 3L, "reports", 8L));
        catchUp.processed("tasks", 2);
        catchUp.processed("reports", 6);
        assertThat(catchUp.over(_ -> Progress.NONE)).isFalse();

        catchUp.processed("reports", 7);
        assertThat(catchUp.over(_ -> Progress.NONE)).isTrue();
    }

    @Test
    void whatWasReadBeforeTheTakeOverCountsAsProcessed() {
        catchUp.ends(Map.of("tasks", 3L));

        assertThat(catchUp.over(_ -> new Progress(3, -1))).isTrue();
    }

    @Test
    void aMarkOfATransactionAtTheEndIsPassedOnceAllRecordsAreProcessed() {
        catchUp.ends(Map.of("tasks", 6L));
        catchUp.processed("tasks", 3);
        assertThat(catchUp.over(_ -> new Progress(6, 4))).as("one is not processed").isFalse();

        catchUp.processed("tasks", 4);
        assertThat(catchUp.over(_ -> new Progress(6, 4))).isTrue();
    }
}
